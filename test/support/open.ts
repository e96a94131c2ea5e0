import type { Device } from "../../src/device/device.ts";
import { nodePlatform } from "../../src/device/node.ts";
import { openDevice } from "../../src/device/open.ts";

/** The adapter for tests: the one that WGRAD_ADAPTER names, else the first. */
export function openTestDevice(): Promise<Device> {
  return openDevice(nodePlatform, { adapter: process.env["WGRAD_ADAPTER"] });
}
