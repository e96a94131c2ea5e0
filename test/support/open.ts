import type { Device } from "../../src/device/device.ts";
import { nodePlatform } from "../../src/device/node.ts";
import { openDevice } from "../../src/device/open.ts";

/**
 * The device for tests: of the adapter that WGRAD_ADAPTER names, else of the first; with WGRAD_TEST_UNCHECKED=1 without
 * bounds checks in shaders, which shows kernels that read or write outside of their buffers.
 */
export function openTestDevice(): Promise<Device> {
  const unchecked = process.env["WGRAD_TEST_UNCHECKED"] === "1";
  return openDevice(nodePlatform, { adapter: process.env["WGRAD_ADAPTER"], unchecked });
}
