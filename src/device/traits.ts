import type { Limits } from "./adapter.ts";
import type { Device } from "./device.ts";

/** What choosing a kernel may depend on. */
export interface AdapterTraits {
  readonly software: boolean;
  /** Workgroup memory and barriers cost more than they save; taken as true of every software adapter. */
  readonly barriersAreDear: boolean;
  readonly features: ReadonlySet<string>;
  readonly limits: Limits;
}

/** The traits of a device's adapter, known without measuring. */
export function traitsOf(device: Device): AdapterTraits {
  const { software } = device.adapter;
  return { software, barriersAreDear: software, features: device.features, limits: device.limits };
}
