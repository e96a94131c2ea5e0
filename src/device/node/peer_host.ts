import type { Device } from "../device.ts";
import { webgpuConstants } from "../node.ts";
import { adapterAgain } from "../open.ts";

/** What libraries written for browsers look for: `navigator.gpu`, and constants such as `GPUBufferUsage`. */
export interface BrowserGpu {
  readonly gpu: Pick<GPU, "requestAdapter" | "getPreferredCanvasFormat" | "wgslLanguageFeatures">;
  readonly constants: Readonly<Record<string, unknown>>;
}

/**
 * The WebGPU of a page, for other libraries in this process: whatever they ask for, they get the adapter of a device of
 * ours, with the same driver and Dawn's settings, and make their own device on it.
 */
export async function browserGpuFor(device: Device): Promise<BrowserGpu> {
  return {
    gpu: {
      requestAdapter: () => adapterAgain(device),
      getPreferredCanvasFormat: () => "bgra8unorm",
      wgslLanguageFeatures: new Set<string>(),
    },
    constants: await webgpuConstants(),
  };
}
