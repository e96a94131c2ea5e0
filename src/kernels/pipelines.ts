import type { Device } from "../device/device.ts";
import type { ShaderBinding } from "./shader_module.ts";
import type { KernelSource } from "./specialise.ts";

/** A pipeline and what is needed to bind its buffers. */
export interface CompiledKernel {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly bindings: readonly ShaderBinding[];
  readonly usesStep: boolean;
}

/** Bytes from one step's row to the next in the step uniform: the offset alignment of every adapter. */
export const stepRowBytes = 256;

/** Compiles specialised kernels once a device; equal sources share one pipeline, equal bindings one layout. */
export class PipelineCache {
  /** Bind group 1 of every kernel that reads the step uniform, with a dynamic offset. */
  readonly stepLayout: GPUBindGroupLayout;
  readonly #device: Device;
  readonly #compiled = new Map<string, Promise<CompiledKernel>>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();

  constructor(device: Device) {
    this.#device = device;
    this.stepLayout = device.createBindGroupLayout("step", [
      { binding: 0, visibility: GPU_COMPUTE, buffer: { type: "uniform", hasDynamicOffset: true } },
    ]);
  }

  /** Starts compiling, or joins a compilation under way: callers start all of a program's kernels, then await. */
  async compile(kernel: KernelSource): Promise<CompiledKernel> {
    await kernel.load?.();
    const known = this.#compiled.get(kernel.source);
    if (known) return known;
    const compiled = this.#compile(kernel);
    this.#compiled.set(kernel.source, compiled);
    compiled.catch(() => this.#compiled.delete(kernel.source));
    return compiled;
  }

  async #compile(kernel: KernelSource): Promise<CompiledKernel> {
    const { label, bindings, usesStep } = kernel;
    const layout = this.#layout(bindings);
    const layouts = usesStep ? [layout, this.stepLayout] : [layout];
    const pipelineLayout = this.#device.createPipelineLayout(label, layouts);
    const pipeline = await this.#device.createPipeline(label, kernel.source, pipelineLayout);
    return { label, pipeline, layout, bindings, usesStep };
  }

  #layout(bindings: readonly ShaderBinding[]): GPUBindGroupLayout {
    const signature = bindings.map((binding) => `${binding.binding}:${binding.access}`).join(" ");
    const known = this.#layouts.get(signature);
    if (known) return known;
    const entries = bindings.map((binding) => ({
      binding: binding.binding,
      visibility: GPU_COMPUTE,
      buffer: { type: bufferType(binding.access) },
    }));
    const layout = this.#device.createBindGroupLayout(signature, entries);
    this.#layouts.set(signature, layout);
    return layout;
  }
}

/** GPUShaderStage.COMPUTE; the global does not exist in Node. */
const GPU_COMPUTE = 4;

function bufferType(access: ShaderBinding["access"]): GPUBufferBindingType {
  switch (access) {
    case "read":
      return "read-only-storage";
    case "write":
      return "storage";
    case "uniform":
      return "uniform";
    default:
      return access satisfies never;
  }
}
