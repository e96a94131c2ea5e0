import type { OpenOptions, Platform } from "./device/open.ts";
import { openDevice } from "./device/open.ts";
import { Engine } from "./plan/engine.ts";

/** Makes the `createEngine` of `wgrad/core` for a platform. */
export function createCoreEngineFor(platform: Platform) {
  /** Opens a device: a GPU, or a software adapter where there is none. @throws NoAdapterError */
  return async function createEngine(options: OpenOptions = {}): Promise<Engine> {
    const open = () => openDevice(platform, options);
    return new Engine(await open(), open);
  };
}
