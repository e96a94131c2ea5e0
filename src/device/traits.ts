import type { Limits } from "./adapter.ts";
import type { Device } from "./device.ts";

/** What choosing a kernel may depend on. */
export interface AdapterTraits {
  readonly software: boolean;
  /** Workgroup memory and barriers cost more than they save; taken as true of every software adapter. */
  readonly barriersAreDear: boolean;
  /** Invocations that run in lockstep: fewer in a workgroup leave some idle. 4 where the adapter does not say. */
  readonly lanes: number;
  readonly features: ReadonlySet<string>;
  readonly limits: Limits;
}

/** The traits of a device's adapter, known without measuring. */
export function traitsOf(device: Device): AdapterTraits {
  const { software, subgroupMinSize } = device.adapter;
  const lanes = subgroupMinSize ?? 4;
  return { software, barriersAreDear: software, lanes, features: device.features, limits: device.limits };
}
