import { afterAll, beforeAll, expect, it } from "vitest";
import { Device } from "../../src/device/device.ts";
import { DeviceError } from "../../src/device/errors.ts";
import { BufferUsage } from "../../src/device/flags.ts";
import { browserGpuFor } from "../../src/device/node/peer_host.ts";
import { adapterAgain } from "../../src/device/open.ts";
import { openTestDevice } from "../support/open.ts";

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => device.dispose());

it("gives other libraries the same adapter, whatever they ask for", async () => {
  const { gpu, constants } = await browserGpuFor(device);
  expect(constants["GPUBufferUsage"]).toHaveProperty("STORAGE", BufferUsage.STORAGE);
  const adapter = await gpu.requestAdapter({ forceFallbackAdapter: true });
  expect(adapter?.info.description).toBe(device.adapter.description);
  const other = await adapter?.requestDevice();
  expect(other?.limits.maxBufferSize).toBeGreaterThan(0);
  expect(other).not.toBe(device.gpu);
  other?.destroy();
  expect(device.usable).toBe(true);
});

it("does not guess the adapter of a device that was opened elsewhere", async () => {
  const { adapter, gpu } = device;
  await expect(adapterAgain(new Device(gpu, adapter))).rejects.toThrow(DeviceError);
});
