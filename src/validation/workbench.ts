import type { Device } from "../device/device.ts";
import { Engine } from "../plan/engine.ts";

/** What checks run on. */
export interface Workbench {
  readonly device: Device;
  /** Plans and runs whole programs there. */
  readonly engine: Engine;
}

/** The engine is the device's: disposing of it disposes of the device. */
export const workbench = (device: Device): Workbench => ({ device, engine: new Engine(device) });
