/** Where an adapter came from: the order in which they are tried. */
export type AdapterSource = "gpu" | "system software driver" | "bundled software adapter";

/** Who computes, in words for reports and for choosing by name. */
export interface AdapterSummary {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** True when the processor does the work, whatever the adapter calls itself. */
  readonly software: boolean;
  readonly source: AdapterSource;
  /** Fewest invocations that run in lockstep, or null where the adapter does not say. */
  readonly subgroupMinSize: number | null;
}

/** The name of a limit of the WebGPU specification. */
export type LimitName = Exclude<keyof GPUSupportedLimits, "__brand">;

/** A device's limits as a plain record. */
export type Limits = Readonly<Record<LimitName, number>>;

/** Copies limits out of the host object, whose members are getters on its prototype. */
export function plainLimits(supported: GPUSupportedLimits): Limits {
  const limits: Record<string, number> = {};
  for (const name in supported) {
    const value = (supported as unknown as Record<string, unknown>)[name];
    if (typeof value === "number") limits[name] = value;
  }
  return limits as Limits;
}

const SOFTWARE_NAMES = /swiftshader|llvmpipe|lavapipe|softpipe|\bwarp\b|basic render|\bcpu\b|software/i;

/** Reads an adapter's info. Software adapters are known by the fallback flag or by name. */
export function summarise(adapter: GPUAdapter, bundled = false): AdapterSummary {
  const { vendor, architecture, device, description, isFallbackAdapter, subgroupMinSize } = adapter.info;
  const names = [vendor, architecture, device, description].join(" ");
  const software = bundled || isFallbackAdapter === true || SOFTWARE_NAMES.test(names);
  const source = bundled ? "bundled software adapter" : software ? "system software driver" : "gpu";
  return {
    vendor,
    architecture,
    device,
    description,
    software,
    source,
    // Undefined in browsers that are older than subgroups.
    subgroupMinSize: subgroupMinSize || null,
  };
}

/** One line about an adapter, such as `google swiftshader, SwiftShader driver 5.0.0 (software)`. */
export function describeAdapter(adapter: AdapterSummary): string {
  const name = [adapter.vendor, adapter.architecture].filter(Boolean).join(" ");
  const words = [name, adapter.description || adapter.device].filter(Boolean).join(", ");
  return `${words || "an adapter without a name"}${adapter.software ? " (software)" : ""}`;
}

/**
 * What stored measurements are kept under: vendor, architecture, device and description as a file's name. Shaders
 * without bounds checks are another matter than those with.
 */
export function tuningIdentity(adapter: AdapterSummary, unchecked = false): string {
  const { vendor, architecture, device, description } = adapter;
  const words = [vendor, architecture, device, description, unchecked ? "unchecked" : ""]
    .join(" ")
    .toLowerCase();
  return words.replace(/[^a-z0-9.]+/g, "-").replace(/^[-.]+|[-.]+$/g, "") || "unnamed";
}
