import { describeAdapter, type LimitName, summarise } from "./adapter.ts";
import { Device } from "./device.ts";
import { DeviceError, NoAdapterError } from "./errors.ts";

/** Which adapter to open, and how. */
export interface OpenOptions {
  /**
   * `gpu`: no software adapter. `software`: only such. Anything else is a part of the vendor's, architecture's,
   * device's or description's name, in any case. Without it the first usable adapter, GPUs first.
   */
  readonly adapter?: "gpu" | "software" | (string & {}) | undefined;
  readonly powerPreference?: GPUPowerPreference | undefined;
  /** Limits that the adapter must reach, beyond those raised as far as it goes anyway. */
  readonly requiredLimits?: Readonly<Partial<Record<LimitName, number>>> | undefined;
  /** Node only: shaders without bounds checks, for measuring what these cost. */
  readonly unchecked?: boolean | undefined;
  /** Node only: compiles shaders with full messages and executes nothing. */
  readonly nullBackend?: boolean | undefined;
}

/** One try at getting an adapter. */
export interface Attempt {
  /** What was tried, in words. */
  readonly what: string;
  /** Null when the try gave none. */
  readonly adapter: GPUAdapter | null;
  /** Why there is no adapter, where that is known. */
  readonly problem?: string | undefined;
  /** True for the software adapter that comes with a package. */
  readonly bundled?: boolean | undefined;
  /** Asks for the same adapter once more: an adapter gives one device only. */
  again?(): Promise<GPUAdapter | null>;
  /** Told when a device of this adapter is lost, so that the next try looks afresh. */
  lost?(): void;
}

/** Where adapters come from: Node or the browser. */
export interface Platform {
  readonly name: string;
  /** How a user gets an adapter here: the last words of a NoAdapterError. */
  readonly help: string;
  /** Tries, best first; a later one is made only when the earlier ones did not fit. */
  attempts(options: OpenOptions): AsyncIterable<Attempt>;
}

// Our kernels keep to the defaults; larger tensors and tuned variants use what there is.
const RAISED: readonly LimitName[] = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxUniformBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
];

const WANTED_FEATURES: readonly GPUFeatureName[] = ["timestamp-query", "shader-f16", "subgroups"];

/** Opens the first adapter of the platform that fits the options, or rejects with a NoAdapterError. */
export async function openDevice(platform: Platform, options: OpenOptions = {}): Promise<Device> {
  const tried = new Set<string>();
  for await (const attempt of platform.attempts(options)) {
    const outcome = await tryAttempt(attempt, options);
    if (outcome instanceof Device) return outcome;
    tried.add(outcome);
  }
  const wanted =
    options.adapter === undefined ? platform.name : `${platform.name} with adapter "${options.adapter}"`;
  throw new NoAdapterError(wanted, [...tried], platform.help);
}

/** Where devices come from. */
const origins = new WeakMap<Device, Attempt>();

/**
 * A device's adapter asked for once more, in the same way, for libraries that make a device of their own.
 * @throws DeviceError where the platform cannot, or gives another adapter
 */
export async function adapterAgain(device: Device): Promise<GPUAdapter> {
  const origin = origins.get(device);
  const adapter = (await origin?.again?.()) ?? null;
  const expected = describeAdapter(device.adapter);
  const got = adapter ? describeAdapter(summarise(adapter, origin?.bundled)) : "none";
  if (adapter && got === expected) return adapter;
  throw new DeviceError({ where: "adapterAgain", problem: "not the device's adapter", got, expected });
}

/** A device, or the line that says why not. */
async function tryAttempt(attempt: Attempt, options: OpenOptions): Promise<Device | string> {
  const { what, adapter, bundled } = attempt;
  if (!adapter) return `${what}: ${attempt.problem ?? "no adapter"}`;
  const summary = summarise(adapter, bundled);
  const shown = `${what}: ${describeAdapter(summary)}`;
  if (!fits(summary, options.adapter)) return `${shown}, not what was asked for`;
  try {
    const gpu = await adapter.requestDevice(deviceDescriptor(adapter, options));
    const device = new Device(gpu, summary, () => attempt.lost?.());
    origins.set(device, attempt);
    return device;
  } catch (error) {
    return `${shown}, refused: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function fits(summary: ReturnType<typeof summarise>, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted === "gpu") return !summary.software;
  if (wanted === "software") return summary.software;
  const { vendor, architecture, device, description } = summary;
  return [vendor, architecture, device, description].some((name) =>
    name.toLowerCase().includes(wanted.toLowerCase()),
  );
}

function deviceDescriptor(adapter: GPUAdapter, options: OpenOptions): GPUDeviceDescriptor {
  const limits: Record<string, number> = {};
  for (const name of RAISED) {
    const most = adapter.limits[name];
    if (typeof most === "number") limits[name] = most;
  }
  return {
    label: "wgrad",
    requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: { ...limits, ...options.requiredLimits },
  };
}
