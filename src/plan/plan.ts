import "../kernels/generated/elementwise/broadcastTo.ts";
import { DeviceError, OutOfMemoryError } from "../device/errors.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Graph } from "../graph/graph.ts";
import { nodeName } from "../graph/graph.ts";
import type { State } from "../graph/leaves.ts";
import type { Node, Op, Tensor } from "../graph/tensor.ts";
import { Tensor as TensorHandle } from "../graph/tensor.ts";
import type { PlannedBinding } from "../kernels/binding_plan.ts";
import { planBindings } from "../kernels/binding_plan.ts";
import type { Choices } from "../kernels/choices.ts";
import { untuned } from "../kernels/choices.ts";
import { singleFormula } from "../kernels/formula.ts";
import { foldGrid } from "../kernels/grid.ts";
import type { Cost, Kernel, KernelRequest } from "../kernels/kernel.ts";
import { chooseKernel } from "../kernels/kernel.ts";
import type { Specialised } from "../kernels/specialise.ts";
import { specialise } from "../kernels/specialise.ts";
import type { TensorType } from "../kernels/types.ts";
import { elementCount, formatType, isFloat } from "../kernels/types.ts";
import { fusedElementwise } from "../ops/elementwise.ts";
import { schedule } from "./schedule.ts";
import { assignSlots } from "./slots.ts";
import type { Cell, Location } from "./storage.ts";
import { Storage } from "./storage.ts";

/** One dispatch, with everything decided but the GPU objects. */
export interface PlannedDispatch {
  /** `matmul(hidden1) matmul/register[TM=8]`. */
  readonly label: string;
  /** Whose work it is, with all its candidates; copies are elementwise ops. */
  readonly op: Op;
  readonly kernel: Kernel;
  readonly request: KernelRequest;
  readonly specialised: Specialised;
  readonly bindings: readonly { readonly planned: PlannedBinding; readonly location: Location | null }[];
  readonly grid: readonly [x: number, y: number];
  readonly cost: Cost;
}

/** A step decided before anything runs: dispatches in order, memory, and where outputs lie. */
export interface Plan {
  readonly dispatches: readonly PlannedDispatch[];
  /** Every cell that takes part. Those with a slot share buffers. */
  readonly cells: readonly Cell[];
  readonly slotOf: ReadonlyMap<Cell, number>;
  readonly slotBytes: readonly number[];
  readonly outputs: ReadonlyMap<string, { readonly location: Location; readonly type: TensorType }>;
  /** All memory that the step holds, state and constants included. */
  readonly peakBytes: number;
}

/**
 * Decides everything about a step: order, kernels, storage.
 * @param choices what tuning found; untuned by default
 * @throws OutOfMemoryError where a tensor or the whole exceeds the device, before anything is allocated
 */
export function makePlan(graph: Graph, traits: AdapterTraits, choices: Choices = untuned): Plan {
  const planner = new Planner(graph, traits, choices);
  return planner.finish();
}

class Planner {
  readonly #graph: Graph;
  readonly #traits: AdapterTraits;
  readonly #choices: Choices;
  readonly #storage: Storage;
  readonly #nodes: readonly Node[];
  /** When each slot cell is first written and last read, in positions of the schedule. */
  readonly #first = new Map<Cell, number>();
  readonly #last = new Map<Cell, number>();
  readonly #inPlace = new Map<Node, number>();
  readonly #dispatches: PlannedDispatch[] = [];

  constructor(graph: Graph, traits: AdapterTraits, choices: Choices) {
    this.#graph = graph;
    this.#traits = traits;
    this.#choices = choices;
    this.#nodes = schedule(graph);
    for (const node of this.#nodes) refuseHalf(node, traits);
    this.#storage = new Storage(graph, this.#nodes);
    this.#findLastReads();
    this.#nodes.forEach((node, position) => {
      this.#place(node, position);
    });
  }

  finish(): Plan {
    for (const node of this.#nodes) this.#emit(node);
    for (const { state, value } of this.#graph.updates) this.#storeUpdate(state, value);
    const cells = this.#usedCells();
    const slotCells = cells.filter((cell) => cell.home.kind === "slot");
    const { slots, sizes } = assignSlots(slotCells.map((cell) => this.#lifetime(cell)));
    const fixed = cells.filter((cell) => cell.home.kind !== "slot");
    const peakBytes = [...sizes, ...fixed.map((cell) => cell.bytes)].reduce((sum, bytes) => sum + bytes, 0);
    this.#checkLimits(cells);
    const slotOf = new Map(slotCells.map((cell, index) => [cell, slots[index] ?? 0]));
    checkHazards(this.#dispatches, slotOf);
    return {
      dispatches: this.#dispatches,
      cells,
      slotOf,
      slotBytes: sizes,
      outputs: new Map(
        [...this.#graph.outputs].map(([name, tensor]) => [
          name,
          { location: this.#storage.of(tensor), type: tensor.type },
        ]),
      ),
      peakBytes,
    };
  }

  #findLastReads(): void {
    this.#nodes.forEach((node, position) => {
      for (const input of node.inputs) this.#last.set(this.#storage.of(input).cell, position);
    });
    const end = this.#nodes.length;
    for (const tensor of this.#graph.outputs.values()) this.#last.set(this.#storage.of(tensor).cell, end);
    for (const { value } of this.#graph.updates) this.#last.set(this.#storage.of(value).cell, end);
  }

  /** Births: when a cell is written first; and whether a dying input's cell can be written instead. */
  #place(node: Node, position: number): void {
    if (node.op.kind === "leaf" || node.op.kind === "view") return;
    const reused = this.#reusableInput(node, position);
    if (reused !== null) {
      const output = new TensorHandle(node, 0);
      const old = this.#storage.of(output).cell;
      const input = node.inputs[reused];
      if (!input) throw new Error("internal: an input went missing");
      const location = this.#storage.of(input);
      this.#inPlace.set(node, reused);
      this.#storage.takeOver(output, location);
      this.#moveViews(node, position);
      this.#last.set(location.cell, Math.max(this.#last.get(old) ?? position, position));
      return;
    }
    node.types.forEach((_, index) => {
      const { cell } = this.#storage.of(new TensorHandle(node, index));
      if (!this.#first.has(cell)) this.#first.set(cell, position);
    });
  }

  /** Views of a value that moved follow it. */
  #moveViews(source: Node, from: number): void {
    const moved = new Set<Node>([source]);
    for (const node of this.#nodes.slice(from)) {
      const [inner] = node.inputs;
      if (node.op.kind !== "view" || !inner || !moved.has(inner.node)) continue;
      moved.add(node);
      this.#storage.takeOver(new TensorHandle(node, 0), this.#storage.viewed(node));
    }
  }

  /** An elementwise op may write over an input that dies with it and has the output's every element. */
  #reusableInput(node: Node, position: number): number | null {
    if (!node.op.formula || this.#storage.isPart(node)) return null;
    const count = elementCount(node.types[0]?.shape ?? []);
    const index = node.inputs.findIndex((input, at) => {
      const { cell, offset, bytes } = this.#storage.of(input);
      const others = node.inputs.some(
        (other, place) => place !== at && this.#storage.of(other).cell === cell,
      );
      const dies = cell.home.kind === "slot" && this.#last.get(cell) === position && !others;
      const fits = elementCount(input.shape) === count && input.dtype === node.types[0]?.dtype;
      return dies && offset === 0 && bytes === cell.bytes && fits;
    });
    return index < 0 ? null : index;
  }

  #emit(node: Node): void {
    for (const part of this.#storage.copiedParts.get(node) ?? []) {
      const input = node.inputs[part];
      if (input) this.#copy(input, this.#storage.partOf(node, part), `${nodeName(node)} part ${part}`);
    }
    if (node.op.kind === "compute" || node.op.kind === "update") this.#dispatch(node);
  }

  #dispatch(node: Node): void {
    const request: KernelRequest = {
      inputs: node.inputs.map((input) => input.type),
      outputs: node.types,
      attributes: node.attributes,
      inPlace: this.#inPlace.get(node),
    };
    const kernel = this.#choose(node.op, request);
    if (!kernel) throw noKernel(node, request);
    const inputs = node.inputs.map((input) => this.#storage.of(input));
    const outputs = node.types.map((_, index) => this.#storage.of(new TensorHandle(node, index)));
    this.#add(`${nodeName(node)} ${kernel.name}`, node.op, kernel, request, inputs, outputs);
  }

  #choose(op: Op, request: KernelRequest): Kernel | undefined {
    const names = op.kernels.map(({ name }) => name);
    return chooseKernel(op.kernels, request, this.#traits, this.#choices.pick(op.name, request, names));
  }

  #add(
    label: string,
    op: Op,
    kernel: Kernel,
    request: KernelRequest,
    inputs: Location[],
    outputs: Location[],
  ): void {
    const specialised = specialise(kernel, request);
    const bindings = planBindings(kernel, request, specialised).map((planned) => {
      const { source } = planned;
      if (source.kind === "params") return { planned, location: null };
      const location = (source.kind === "input" ? inputs : outputs)[source.index];
      if (!location) throw new Error(`internal: ${label} binds what it does not have`);
      return { planned, location };
    });
    const grid = foldGrid(kernel.workgroups(request));
    const cost = op.cost(request);
    this.#dispatches.push({ label, op, kernel, request, specialised, bindings, grid, cost });
  }

  /** Copies floats with the elementwise kernel: inside a compute pass there is no other copy. */
  #copy(from: Tensor, to: Location, label: string): void {
    const { dtype } = from;
    if (!isFloat(dtype)) throw new Error(`internal: ${label}: only floats are copied`);
    const type: TensorType = { shape: [elementCount(from.shape)], dtype };
    const attributes = { formula: singleFormula("broadcastTo", 1), shape: type.shape, dtype };
    const request = { inputs: [type], outputs: [type], attributes };
    // The request was made for this op's attributes a line above.
    const op = fusedElementwise as Op;
    const kernel = this.#choose(op, request);
    if (!kernel) throw new Error("internal: nothing copies");
    this.#add(`copy(${label})`, op, kernel, request, [this.#storage.of(from)], [to]);
  }

  /** Most updates were written in place; what was computed elsewhere is copied at the end. */
  #storeUpdate(state: State, value: Tensor): void {
    const location = this.#storage.of(value);
    if (location.cell.home.kind === "state" && location.cell.home.state === state) return;
    const cell = this.#nodes
      .flatMap((node) => node.types.map((_, index) => this.#storage.of(new TensorHandle(node, index)).cell))
      .find((known) => known.home.kind === "state" && known.home.state === state);
    const bytes = location.bytes;
    const target = cell ?? { home: { kind: "state" as const, state }, bytes, label: state.label };
    this.#copy(value, { cell: target, offset: 0, bytes }, state.label);
  }

  #lifetime(cell: Cell): { bytes: number; first: number; last: number } {
    const first = this.#first.get(cell) ?? 0;
    return { bytes: cell.bytes, first, last: Math.max(first, this.#last.get(cell) ?? first) };
  }

  #usedCells(): Cell[] {
    const cells = new Set<Cell>();
    for (const { bindings } of this.#dispatches)
      for (const { location } of bindings) if (location) cells.add(location.cell);
    for (const tensor of this.#graph.outputs.values()) cells.add(this.#storage.of(tensor).cell);
    return [...cells];
  }

  #checkLimits(cells: readonly Cell[]): void {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#traits.limits;
    for (const cell of cells) refuseAbove(cell.label, cell.bytes, maxBufferSize, "maxBufferSize");
    for (const { label, bindings } of this.#dispatches) {
      for (const { location } of bindings) {
        const where = `${label} on ${location?.cell.label}`;
        refuseAbove(where, location?.bytes ?? 0, maxStorageBufferBindingSize, "maxStorageBufferBindingSize");
      }
    }
  }
}

/** f16 is an optional feature of adapters, and nothing stands in for it: the graph says what is stored. */
function refuseHalf(node: Node, { features }: AdapterTraits): void {
  const type = [...node.inputs.map((input) => input.type), ...node.types].find(
    ({ dtype }) => dtype === "f16",
  );
  if (!type || features.has("shader-f16")) return;
  throw new DeviceError({
    where: `plan(${nodeName(node)})`,
    problem: "the adapter has no shader-f16, so it stores no f16",
    got: formatType(type),
    hint: "cast to f32, or open another adapter",
  });
}

/** Shape rules let every float pass; which kernels store f16, their files say. */
function noKernel(node: Node, { inputs, outputs }: KernelRequest): Error {
  const half = [...inputs, ...outputs].some(({ dtype }) => dtype === "f16");
  if (!half) return new Error(`internal: no kernel of ${nodeName(node)} accepts the request`);
  return new DeviceError({
    where: `plan(${nodeName(node)})`,
    problem: "none of the op's kernels stores f16",
    got: `${inputs.map(formatType).join(" and ")} to ${outputs.map(formatType).join(" and ")}`,
    hint: "cast to f32 first, and the result back",
  });
}

function refuseAbove(label: string, bytes: number, limit: number | undefined, name: string): void {
  if (limit === undefined || bytes <= limit) return;
  throw new OutOfMemoryError({
    where: `plan(${label})`,
    problem: "the tensor is larger than the device allows",
    got: `${bytes} bytes`,
    expected: `at most ${limit} (${name})`,
    hint: "use a smaller batch",
  });
}

/**
 * No dispatch may read and write one buffer: WebGPU refuses it even where the ranges are apart. It may write one twice where
 * they are: two outputs that are parts of one pack.
 */
function checkHazards(dispatches: readonly PlannedDispatch[], slotOf: ReadonlyMap<Cell, number>): void {
  for (const { label, bindings, specialised } of dispatches) {
    const buffers = new Map<Cell | number, { access: "read" | "write"; locations: Location[] }>();
    for (const { planned, location } of bindings) {
      if (!location) continue;
      const access = specialised.bindings.find((own) => own.binding === planned.binding)?.access;
      const buffer = slotOf.get(location.cell) ?? location.cell;
      if (access === "uniform" || access === undefined) continue;
      const known = buffers.get(buffer) ?? { access, locations: [] };
      const clash =
        known.access !== access || (access === "write" && known.locations.some(overlaps(location)));
      if (clash)
        throw new Error(`internal: ${label} reads and writes ${location.cell.label} in one dispatch`);
      buffers.set(buffer, { access, locations: [...known.locations, location] });
    }
  }
}

const overlaps =
  (a: Location) =>
  (b: Location): boolean =>
    a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;
