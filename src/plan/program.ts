import type { Device } from "../device/device.ts";
import { UsageError } from "../device/errors.ts";
import { BufferUsage } from "../device/flags.ts";
import { packParams } from "../kernels/pack.ts";
import type { CompiledKernel, PipelineCache } from "../kernels/pipelines.ts";
import { stepRowBytes } from "../kernels/pipelines.ts";
import { kernelFacts } from "../kernels/shaders.ts";
import type { StepValues } from "../kernels/step.ts";
import { packStep } from "../kernels/step.ts";
import type { StorageArray, TypedArray } from "../kernels/types.ts";
import {
  bindingAlignment,
  elementCount,
  roundUp,
  tensorBytes,
  toStorageArray,
  viewStorage,
} from "../kernels/types.ts";
import { formatPlan } from "./format.ts";
import type { Plan, PlannedDispatch } from "./plan.ts";
import type { StateStore } from "./states.ts";
import type { Cell } from "./storage.ts";

/** Steps that one submit can hold: rows of the step uniform. */
export const maxRows = 256;

interface ReadyDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly usesStep: boolean;
  readonly x: number;
  readonly y: number;
}

const storageUsage = BufferUsage.STORAGE | BufferUsage.COPY_SRC | BufferUsage.COPY_DST;

/** What encodes something before and after the steps of a submit: timestamps. */
export interface Around {
  begin(encoder: GPUCommandEncoder): void;
  end(encoder: GPUCommandEncoder): void;
}

/**
 * A compiled step. Replaying it writes the rows of per-step values, encodes the dispatches and submits: it creates
 * no buffer, no bind group and no pipeline, and reads nothing back.
 */
export class Program {
  readonly plan: Plan;
  readonly #device: Device;
  readonly #dispatches: readonly ReadyDispatch[];
  readonly #memory: ProgramMemory;

  private constructor(
    device: Device,
    plan: Plan,
    memory: ProgramMemory,
    dispatches: readonly ReadyDispatch[],
  ) {
    this.#device = device;
    this.plan = plan;
    this.#memory = memory;
    this.#dispatches = dispatches;
  }

  /** Compiles all pipelines in parallel, then allocates. @throws ShaderError, OutOfMemoryError, DeviceError */
  static async create(
    device: Device,
    plan: Plan,
    pipelines: PipelineCache,
    states: StateStore,
  ): Promise<Program> {
    const compiled = await Promise.all(
      plan.dispatches.map((dispatch) => pipelines.compile(dispatch.specialised)),
    );
    return device.scoped("program", () => {
      const memory = new ProgramMemory(device, plan, states, pipelines.stepLayout);
      const dispatches = plan.dispatches.map((dispatch, index) => {
        const kernel = compiled[index];
        if (!kernel) throw new Error("internal: a pipeline went missing");
        return memory.bind(dispatch, kernel, index);
      });
      return new Program(device, plan, memory, dispatches);
    });
  }

  get dispatchesPerStep(): number {
    return this.#dispatches.length;
  }

  get peakBytes(): number {
    return this.plan.peakBytes;
  }

  /** Uploads the values of an input. @throws UsageError where it does not exist or the length differs */
  upload(name: string, values: StorageArray): void {
    const buffer = this.#memory.input(name);
    if (!buffer) return;
    this.#device.write(buffer, 0, values);
  }

  /** Gives inputs the values that they have in another program of the same graph. */
  takeInputs(other: Program): void {
    const encoder = this.#device.gpu.createCommandEncoder({ label: "inputs" });
    for (const { home, bytes } of this.plan.cells) {
      if (home.kind !== "input") continue;
      const [from, to] = [other.#memory.input(home.name), this.#memory.input(home.name)];
      if (from && to) encoder.copyBufferToBuffer(from, 0, to, 0, bytes);
    }
    this.#device.submit([encoder.finish()]);
  }

  /**
   * Runs steps one after the other in one submit.
   * @param rows per-step values, at most `maxRows`; each row's `row` should be its index
   */
  replay(rows: readonly StepValues[], around?: Around): void {
    if (rows.length === 0 || rows.length > maxRows) {
      throw new UsageError({
        where: "replay",
        problem: "wrong number of steps",
        got: `${rows.length}`,
        expected: `1 to ${maxRows}`,
      });
    }
    this.writeRows(rows);
    const encoder = this.#device.gpu.createCommandEncoder({ label: "steps" });
    around?.begin(encoder);
    const pass = encoder.beginComputePass({ label: "steps" });
    for (let row = 0; row < rows.length; row++) this.#encodeStep(pass, row);
    pass.end();
    around?.end(encoder);
    this.#device.submit([encoder.finish()]);
  }

  /** Sets the per-step values of what `encodeDispatch` encodes; `replay` does it by itself. */
  writeRows(rows: readonly StepValues[]): void {
    this.#memory.writeRows(rows);
  }

  #encodeStep(pass: GPUComputePassEncoder, row: number): void {
    for (let index = 0; index < this.#dispatches.length; index++) this.encodeDispatch(pass, index, row);
  }

  /** Encodes one dispatch of a step: for `replay`, and for timing each alone. */
  encodeDispatch(pass: GPUComputePassEncoder, index: number, row: number): void {
    const dispatch = this.#dispatches[index];
    if (!dispatch) throw new Error(`internal: no dispatch ${index}`);
    const { pipeline, bindGroup, usesStep, x, y } = dispatch;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    if (usesStep) pass.setBindGroup(1, this.#memory.stepGroup, [row * stepRowBytes]);
    pass.dispatchWorkgroups(x, y);
  }

  /** Reads an output of the last step. */
  async read(name: string): Promise<TypedArray> {
    const output = this.plan.outputs.get(name);
    if (!output) throw new UsageError({ where: "read", problem: `there is no output ${name}` });
    const count = elementCount(output.type.shape);
    const bytes = await this.#device.read(
      this.#memory.buffer(output.location.cell),
      output.location.offset,
      tensorBytes(output.type),
    );
    return viewStorage(output.type.dtype, bytes, count);
  }

  /** A line a dispatch: label, grid, slots and bytes. */
  toString(): string {
    return formatPlan(this.plan);
  }

  /** Frees everything but state. The engine does it for programs still alive at its end. */
  dispose(): void {
    this.#memory.dispose();
  }
}

/** A program's buffers and bind groups. */
class ProgramMemory {
  readonly stepGroup: GPUBindGroup;
  readonly #device: Device;
  readonly #states: StateStore;
  readonly #plan: Plan;
  readonly #slots: readonly GPUBuffer[];
  readonly #fixed = new Map<Cell, GPUBuffer>();
  readonly #params: GPUBuffer;
  readonly #paramsOffsets: readonly number[];
  readonly #stepBuffer: GPUBuffer;
  readonly #rows = new DataView(new ArrayBuffer(maxRows * stepRowBytes));

  constructor(device: Device, plan: Plan, states: StateStore, stepLayout: GPUBindGroupLayout) {
    this.#device = device;
    this.#plan = plan;
    this.#states = states;
    this.#slots = plan.slotBytes.map((bytes, slot) =>
      device.createBuffer(`slot ${slot}`, bytes, storageUsage),
    );
    for (const cell of plan.cells) this.#allocate(cell);
    const { bytes, offsets } = packAllParams(plan.dispatches);
    this.#paramsOffsets = offsets;
    this.#params = device.createBuffer(
      "params",
      bytes.byteLength,
      BufferUsage.UNIFORM | BufferUsage.COPY_DST,
    );
    device.write(this.#params, 0, bytes);
    this.#stepBuffer = device.createBuffer(
      "step",
      maxRows * stepRowBytes,
      BufferUsage.UNIFORM | BufferUsage.COPY_DST,
    );
    const resource = { buffer: this.#stepBuffer, offset: 0, size: stepRowBytes };
    this.stepGroup = device.createBindGroup("step", stepLayout, [{ binding: 0, resource }]);
  }

  #allocate(cell: Cell): void {
    const { home } = cell;
    switch (home.kind) {
      case "slot":
        return;
      case "state":
        this.#states.buffer(home.state);
        return;
      case "constant": {
        const buffer = this.#device.createBuffer(cell.label, cell.bytes, storageUsage);
        this.#device.write(buffer, 0, toStorageArray(home.dtype, home.values));
        this.#fixed.set(cell, buffer);
        return;
      }
      case "input":
        this.#fixed.set(cell, this.#device.createBuffer(cell.label, cell.bytes, storageUsage));
        return;
      default:
        home satisfies never;
    }
  }

  buffer(cell: Cell): GPUBuffer {
    const slot = this.#plan.slotOf.get(cell);
    const buffer = slot === undefined ? this.#fixed.get(cell) : this.#slots[slot];
    if (buffer) return buffer;
    if (cell.home.kind === "state") return this.#states.buffer(cell.home.state);
    throw new Error(`internal: no buffer for ${cell.label}`);
  }

  input(name: string): GPUBuffer | undefined {
    for (const [cell, buffer] of this.#fixed)
      if (cell.home.kind === "input" && cell.home.name === name) return buffer;
    return undefined;
  }

  bind(dispatch: PlannedDispatch, kernel: CompiledKernel, index: number): ReadyDispatch {
    const entries = dispatch.bindings.map(({ planned, location }) => {
      const resource = location
        ? { buffer: this.buffer(location.cell), offset: location.offset, size: location.bytes }
        : { buffer: this.#params, offset: this.#paramsOffsets[index] ?? 0, size: paramsBytes(dispatch) };
      return { binding: planned.binding, resource };
    });
    const bindGroup = this.#device.createBindGroup(dispatch.label, kernel.layout, entries);
    const [x, y] = dispatch.grid;
    return { pipeline: kernel.pipeline, bindGroup, usesStep: kernel.usesStep, x, y };
  }

  writeRows(rows: readonly StepValues[]): void {
    for (const [row, values] of rows.entries()) packStep(values, this.#rows, row * stepRowBytes);
    this.#device.write(this.#stepBuffer, 0, new Uint8Array(this.#rows.buffer, 0, rows.length * stepRowBytes));
  }

  dispose(): void {
    for (const buffer of [...this.#slots, ...this.#fixed.values(), this.#params, this.#stepBuffer]) {
      this.#device.destroyBuffer(buffer);
    }
  }
}

function paramsBytes(dispatch: PlannedDispatch): number {
  return Math.max(16, kernelFacts(dispatch.kernel.file).params?.size ?? 0);
}

/** Every dispatch's parameters in one uniform buffer, each at an aligned offset. */
function packAllParams(dispatches: readonly PlannedDispatch[]): { bytes: Uint8Array; offsets: number[] } {
  const offsets: number[] = [];
  let end = 0;
  for (const dispatch of dispatches) {
    offsets.push(end);
    end += roundUp(paramsBytes(dispatch), bindingAlignment);
  }
  const view = new DataView(new ArrayBuffer(Math.max(end, 16)));
  dispatches.forEach(({ kernel, request, label }, index) => {
    const layout = kernelFacts(kernel.file).params;
    if (layout) packParams(label, layout, kernel.params(request), view, offsets[index]);
  });
  return { bytes: new Uint8Array(view.buffer), offsets };
}
