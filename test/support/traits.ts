import type { Limits } from "../../src/device/adapter.ts";
import type { AdapterTraits } from "../../src/device/traits.ts";

/** WebGPU's default limits, as far as kernels may ask for them. */
const defaultLimits = {
  maxBufferSize: 268_435_456,
  maxStorageBufferBindingSize: 134_217_728,
  maxUniformBufferBindingSize: 65_536,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupStorageSize: 16_384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupSizeY: 256,
  maxComputeWorkgroupSizeZ: 64,
  maxComputeWorkgroupsPerDimension: 65_535,
};

/** An adapter of every feature and the default limits: what is reachable at all, for checks that open none. */
export const everyTrait: AdapterTraits = {
  software: false,
  barriersAreDear: false,
  lanes: 32,
  features: new Set(["shader-f16", "subgroups", "timestamp-query"]),
  limits: defaultLimits as unknown as Limits,
};

/** The bundled software adapter's, as far as choices depend on them. */
export const softwareTraits: AdapterTraits = {
  ...everyTrait,
  software: true,
  barriersAreDear: true,
  lanes: 4,
  features: new Set(["timestamp-query"]),
};
