import type { Device } from "../device/device.ts";
import { BufferUsage } from "../device/flags.ts";
import { planBindings } from "../kernels/binding_plan.ts";
import { foldGrid } from "../kernels/grid.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { packParams } from "../kernels/pack.ts";
import type { CompiledKernel } from "../kernels/pipelines.ts";
import { PipelineCache, stepRowBytes } from "../kernels/pipelines.ts";
import { kernelFacts } from "../kernels/shaders.ts";
import { specialise } from "../kernels/specialise.ts";
import type { StepValues } from "../kernels/step.ts";
import { packStep } from "../kernels/step.ts";
import type { TensorType, TypedArray } from "../kernels/types.ts";
import {
  bindingAlignment,
  ceilDivide,
  elementCount,
  storageBytes,
  tensorBytes,
  toStorageArray,
  viewStorage,
} from "../kernels/types.ts";

/** One kernel variant, and all that it reads. */
export interface KernelJob {
  readonly kernel: Kernel;
  readonly request: KernelRequest;
  readonly inputs: readonly TypedArray[];
  readonly step: StepValues;
  /** For each output, the input whose storage it takes over, where it does. */
  readonly takesOver: readonly (number | undefined)[];
}

/** What one dispatch left in an output's buffer. */
export interface KernelOutput {
  readonly values: TypedArray;
  /** The bits of `values`, an element each. */
  readonly bits: Uint32Array;
  /** Elements that still hold the poison. */
  readonly unwritten: readonly number[];
  /** Words written outside the output: distances from its beginning in elements. */
  readonly outside: readonly number[];
}

/**
 * Signalling NaNs, in halves too: no arithmetic gives one, and what passes through arithmetic comes out as another. That
 * around and behind inputs differs, so that a copy of it past an output's end shows.
 */
const poisons = {
  whole: { output: 0x7fa5_a5a5, input: 0x7f93_c3c3 },
  half: { output: 0x7da5_7da5, input: 0x7d93_7d93 },
} as const;

/** What lies around a tensor, and in it where there are no values. */
export const poisonOf = ({ dtype }: TensorType, role: "output" | "input"): number =>
  poisons[dtype === "f16" ? "half" : "whole"][role];

const guardBytes = bindingAlignment;

const caches = new WeakMap<Device, PipelineCache>();

/** The device's pipelines: equal sources are compiled once for all that runs on it. */
export function pipelinesOf(device: Device): PipelineCache {
  const known = caches.get(device) ?? new PipelineCache(device);
  caches.set(device, known);
  return known;
}

/**
 * Runs one kernel twice, each time into fresh outputs. Every tensor stands between guard regions of poison; the region
 * behind it belongs to the binding, so that bounds checks of the adapter hide no write past the end, and the padding of
 * inputs is poison too, so that a read past the end shows in the result. The second run folds the grid early, as a grid
 * of more than 65,535 workgroups is.
 * @returns for each run, what is in each output
 */
export async function runKernel(device: Device, job: KernelJob): Promise<[KernelOutput[], KernelOutput[]]> {
  const specialised = specialise(job.kernel, job.request);
  const compiled = await pipelinesOf(device).compile(specialised);
  const made: GPUBuffer[] = [];
  try {
    const [first, second] = await device.scoped(job.kernel.name, () =>
      submitTwice(device, job, compiled, made),
    );
    return await Promise.all([readOutputs(device, job, first), readOutputs(device, job, second)]);
  } finally {
    for (const buffer of made) device.destroyBuffer(buffer);
  }
}

/** Synchronous, as error scopes want it. Returns the output buffers of both runs. */
function submitTwice(
  device: Device,
  job: KernelJob,
  compiled: CompiledKernel,
  made: GPUBuffer[],
): readonly [GPUBuffer[], GPUBuffer[]] {
  const upload = (label: string, data: ArrayBufferView, usage: number) => {
    const all = usage | BufferUsage.COPY_DST | BufferUsage.COPY_SRC;
    const buffer = device.createBuffer(`${job.kernel.name} ${label}`, data.byteLength, all);
    made.push(buffer);
    device.write(buffer, 0, data);
    return buffer;
  };
  const { inputs, outputs } = job.request;
  const tensor = (label: string, type: TensorType, guard: number, values?: TypedArray) =>
    upload(label, guarded(type, guard, values), BufferUsage.STORAGE);
  const read = inputs.map((type, index) =>
    tensor(`input ${index}`, type, poisonOf(type, "input"), need(job.inputs[index])),
  );
  const params = upload("params", packedParams(job), BufferUsage.UNIFORM);
  const step = compiled.usesStep ? upload("step", packedStep(job.step), BufferUsage.UNIFORM) : null;
  const encoder = device.gpu.createCommandEncoder({ label: job.kernel.name });
  const run = (grid: readonly [number, number]) => {
    const written = outputs.map((type, index) => {
      const taken = job.takesOver[index];
      return tensor(
        `output ${index}`,
        type,
        poisonOf(type, "output"),
        taken === undefined ? undefined : need(job.inputs[taken]),
      );
    });
    const group = bindGroup(device, job, compiled, { read, written, params });
    dispatch(device, encoder, compiled, group, step, grid);
    return written;
  };
  const workgroups = job.kernel.workgroups(job.request);
  const results = [run(foldGrid(workgroups)), run(foldEarly(workgroups))] as const;
  device.submit([encoder.finish()]);
  return results;
}

interface Buffers {
  readonly read: readonly GPUBuffer[];
  readonly written: readonly GPUBuffer[];
  readonly params: GPUBuffer;
}

function bindGroup(device: Device, job: KernelJob, compiled: CompiledKernel, buffers: Buffers): GPUBindGroup {
  const { kernel, request } = job;
  const entries = planBindings(kernel, request, compiled).map(({ binding, source }) => {
    switch (source.kind) {
      case "input":
        return { binding, resource: guardedBinding(need(buffers.read[source.index])) };
      case "output":
        return { binding, resource: guardedBinding(need(buffers.written[source.index])) };
      case "params":
        return { binding, resource: { buffer: buffers.params } };
      default:
        return source satisfies never;
    }
  });
  return device.createBindGroup(kernel.name, compiled.layout, entries);
}

function dispatch(
  device: Device,
  encoder: GPUCommandEncoder,
  compiled: CompiledKernel,
  group: GPUBindGroup,
  step: GPUBuffer | null,
  grid: readonly [number, number],
): void {
  const pass = encoder.beginComputePass({ label: compiled.label });
  pass.setPipeline(compiled.pipeline);
  pass.setBindGroup(0, group);
  if (step) {
    const row = { binding: 0, resource: { buffer: step, size: stepRowBytes } };
    pass.setBindGroup(1, device.createBindGroup("step", pipelinesOf(device).stepLayout, [row]), [
      stepRowBytes,
    ]);
  }
  pass.dispatchWorkgroups(...grid);
  pass.end();
}

/**
 * A tensor's buffer without the guard before it. The one behind it belongs to the binding, so that bounds checks of the
 * adapter hide no write past the end.
 */
export const guardedBinding = (buffer: GPUBuffer): GPUBufferBinding => ({
  buffer,
  offset: guardBytes,
  size: buffer.size - guardBytes,
});

/** In two rows; of an odd number of workgroups, one is past the end, where a kernel must return. */
function foldEarly(workgroups: number): [x: number, y: number] {
  return workgroups < 2 ? [workgroups, 1] : [ceilDivide(workgroups, 2), 2];
}

/** A guard, the tensor in its padded storage, a guard: poison wherever there are no values. */
export function guarded(type: TensorType, guard: number, values?: TypedArray): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array((2 * guardBytes + storageBytes(type)) / 4).fill(guard);
  if (values) {
    const { buffer, byteOffset, byteLength } = toStorageArray(type.dtype, values);
    new Uint8Array(words.buffer, guardBytes).set(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return words;
}

function packedParams({ kernel, request }: KernelJob): Uint8Array<ArrayBuffer> {
  const layout = kernelFacts(kernel.file).params;
  const bytes = new Uint8Array(layout?.size ?? 16);
  if (layout) packParams(kernel.name, layout, kernel.params(request), new DataView(bytes.buffer));
  return bytes;
}

/** The second of two rows: a kernel that ignores the dynamic offset reads poison. */
function packedStep(step: StepValues): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array((2 * stepRowBytes) / 4).fill(poisons.whole.output);
  packStep(step, new DataView(rows.buffer), stepRowBytes);
  return rows;
}

function readOutputs(device: Device, job: KernelJob, buffers: readonly GPUBuffer[]): Promise<KernelOutput[]> {
  return Promise.all(
    buffers.map(async (buffer, index) => {
      const bytes = await device.read(buffer, 0, buffer.size);
      return inspect(need(job.request.outputs[index]), bytes, {
        takenOver: job.takesOver[index] !== undefined,
      });
    }),
  );
}

export interface Inspection {
  /** What the buffer held wherever there were no values. */
  readonly before?: number;
  /** It held an input's values at first, so that what is left of it tells nothing. */
  readonly takenOver?: boolean;
  /** Up to where a write is the kernel's to make: the padded storage by default, since kernels store whole vectors. */
  readonly bytes?: number;
}

/** Takes an output's buffer apart. Where it started as poison, elements that still hold it were never written. */
export function inspect(type: TensorType, buffer: ArrayBuffer, how: Inspection = {}): KernelOutput {
  const { before = poisonOf(type, "output"), takenOver = false, bytes = storageBytes(type) } = how;
  const words = new Uint32Array(buffer);
  const begin = guardBytes / 4;
  const end = begin + bytes / 4;
  const outside: number[] = [];
  words.forEach((word, at) => {
    if ((at < begin || at >= end) && word !== before) outside.push(at - begin);
  });
  const count = elementCount(type.shape);
  const stored = buffer.slice(guardBytes, guardBytes + tensorBytes(type));
  const half = type.dtype === "f16";
  const bits = half ? Uint32Array.from(new Uint16Array(stored)) : new Uint32Array(stored);
  const untouched = half ? before & 0xffff : before;
  const unwritten: number[] = [];
  bits.forEach((word, at) => {
    if (!takenOver && word === untouched) unwritten.push(at);
  });
  return { values: viewStorage(type.dtype, stored, count), bits, unwritten, outside };
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the job has fewer tensors than its request");
  return value;
}
