/** Runs a user's kernel between guard regions, on the values of its spec or on others of the same shapes. */
import type { Device } from "../../device/device.ts";
import { BufferUsage } from "../../device/flags.ts";
import { foldGrid } from "../../kernels/grid.ts";
import { packParams } from "../../kernels/pack.ts";
import type { CompiledKernel } from "../../kernels/pipelines.ts";
import type { KernelModule } from "../../kernels/shader_module.ts";
import type { TensorType, TypedArray } from "../../kernels/types.ts";
import { elementCount } from "../../kernels/types.ts";
import { typeOf } from "../fill.ts";
import type { KernelOutput } from "../run_kernel.ts";
import { guarded, guardedBinding, inspect, poisonOf } from "../run_kernel.ts";
import type { KernelSpec, SpecOutput } from "./kernel_spec.ts";

/** A kernel ready to run as its spec says. */
export interface SpecKernel {
  readonly name: string;
  readonly module: KernelModule;
  readonly compiled: CompiledKernel;
  readonly spec: KernelSpec;
}

export interface SpecRun {
  readonly inputs: Readonly<Record<string, TypedArray>>;
  /** The word that lies before and behind inputs. */
  readonly around?: number;
  /** Fills outputs that take over no input's buffer; poison where nothing is said. */
  readonly before?: number;
}

export const outputType = ({ shape, dtype = "f32" }: SpecOutput): TensorType => ({ shape, dtype });

/** What one dispatch leaves in each output, by name. */
export async function runSpec(
  device: Device,
  kernel: SpecKernel,
  { inputs, around, before }: SpecRun,
): Promise<Record<string, KernelOutput>> {
  const { spec, module, name } = kernel;
  const made: GPUBuffer[] = [];
  const upload = (label: string, data: ArrayBufferView, usage: number): GPUBuffer => {
    const all = usage | BufferUsage.COPY_DST | BufferUsage.COPY_SRC;
    const buffer = device.createBuffer(`${name} ${label}`, data.byteLength, all);
    made.push(buffer);
    device.write(buffer, 0, data);
    return buffer;
  };
  const taken = (output: string): TypedArray | undefined => inputs[spec.inPlace?.[output] ?? ""];
  const tensor = (binding: string): GPUBuffer => {
    const input = spec.inputs[binding];
    if (input) {
      const type = typeOf(input);
      const guard = around ?? poisonOf(type, "input");
      return upload(binding, guarded(type, guard, inputs[binding]), BufferUsage.STORAGE);
    }
    const output = spec.outputs[binding];
    if (!output) throw new Error(`internal: no tensor for ${binding}`);
    const type = outputType(output);
    const guard = before ?? poisonOf(type, "output");
    return upload(binding, guarded(type, guard, taken(binding)), BufferUsage.STORAGE);
  };
  try {
    const buffers = await device.scoped(name, () => {
      const bound = new Map(
        module.bindings.map((binding) => [
          binding,
          binding.access === "uniform"
            ? upload("params", paramBytes(kernel), BufferUsage.UNIFORM)
            : tensor(binding.name),
        ]),
      );
      dispatch(device, kernel, bound);
      return bound;
    });
    const results: Record<string, KernelOutput> = {};
    for (const [{ name: binding, access, type: elements }, buffer] of buffers) {
      const output = spec.outputs[binding];
      if (access !== "write" || !output) continue;
      const bytes = await device.read(buffer, 0, buffer.size);
      const how = {
        ...(before !== undefined && { before }),
        takenOver: taken(binding) !== undefined,
        ...ownBytes(output, elements),
      };
      results[binding] = inspect(outputType(output), bytes, how);
    }
    return results;
  } finally {
    for (const buffer of made) device.destroyBuffer(buffer);
  }
}

/** A kernel that stores single numbers has no reason to write into the padding; one that stores vectors has. */
function ownBytes({ shape }: SpecOutput, elements: string): { readonly bytes?: number } {
  return elements.includes("vec") ? {} : { bytes: 4 * elementCount(shape) };
}

type Bound = ReadonlyMap<KernelModule["bindings"][number], GPUBuffer>;

function dispatch(device: Device, { name, compiled, spec }: SpecKernel, bound: Bound): void {
  const entries = [...bound].map(([{ binding, access }, buffer]) => ({
    binding,
    resource: access === "uniform" ? { buffer } : guardedBinding(buffer),
  }));
  const encoder = device.gpu.createCommandEncoder({ label: name });
  const pass = encoder.beginComputePass({ label: name });
  pass.setPipeline(compiled.pipeline);
  pass.setBindGroup(0, device.createBindGroup(name, compiled.layout, entries));
  pass.dispatchWorkgroups(...gridOf(spec));
  pass.end();
  device.submit([encoder.finish()]);
}

function gridOf({ workgroups }: KernelSpec): [x: number, y: number, z: number] {
  if (typeof workgroups === "number") return [...foldGrid(workgroups), 1];
  const [x, y = 1, z = 1] = workgroups;
  return [x, y, z];
}

function paramBytes({ name, module, spec }: SpecKernel): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(module.params?.size ?? 16);
  if (module.params) packParams(name, module.params, spec.params ?? {}, new DataView(bytes.buffer));
  return bytes;
}
