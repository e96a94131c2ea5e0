import type { Device } from "../../device/device.ts";
import type { AdapterTraits } from "../../device/traits.ts";
import type { Graph, Update } from "../../graph/graph.ts";
import { State, stateTensor } from "../../graph/leaves.ts";
import type { EpilogueAttributes, Op } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { record } from "../../graph/tensor.ts";
import type { Kernel } from "../../kernels/kernel.ts";
import type { PipelineCache } from "../../kernels/pipelines.ts";
import type { DType, TensorType, TypedArray } from "../../kernels/types.ts";
import { elementCount } from "../../kernels/types.ts";
import { requestOf } from "../../ops/convolution_routes.ts";
import type { Plan } from "../plan.ts";
import { makePlan } from "../plan.ts";
import { Program } from "../program.ts";
import { StateStore } from "../states.ts";
import { tuningRows } from "./contest.ts";

/** What measuring needs of an engine. */
export interface Bench {
  readonly device: Device;
  readonly traits: AdapterTraits;
  readonly pipelines: PipelineCache;
}

/** A few nodes of a graph, each on random values, to be done in one way or another. */
export type WorkNode = Pick<Node, "op" | "inputs" | "attributes" | "types">;

/**
 * Nodes cut out of their program, with random values for what they read. Programs of one workload share these values,
 * so that their results can be compared.
 */
export class Workload {
  readonly #bench: Bench;
  readonly #states: StateStore;
  readonly #inputs: readonly (readonly State[])[];
  readonly #nodes: readonly WorkNode[];

  constructor(bench: Bench, nodes: readonly WorkNode[]) {
    this.#bench = bench;
    this.#nodes = nodes;
    this.#states = new StateStore(bench.device);
    const known: { readonly tensor: Tensor; readonly state: State }[] = [];
    this.#inputs = nodes.map(({ op, inputs }) =>
      inputs.map((tensor) => {
        const same = known.find(
          (own) => own.tensor.node === tensor.node && own.tensor.index === tensor.index,
        );
        const state =
          same?.state ?? new State(`in${known.length}`, tensor.type, randomValues(tensor.type, op));
        known.push({ tensor, state });
        return state;
      }),
    );
  }

  /** The nodes as a graph. @param kernel takes the place of all candidates */
  graph(kernel?: Kernel): Graph {
    return this.#graphOf(this.#nodes.map((node) => forced(node, kernel)));
  }

  compile(plan: Plan): Promise<Program> {
    const { device, pipelines } = this.#bench;
    return Program.create(device, plan, pipelines, this.#states);
  }

  /** Every output of the nodes after one run on the values as they were at first. */
  async outputs(program: Program): Promise<TypedArray[]> {
    this.#load((values) => values);
    return this.#run(program, this.#nodes);
  }

  /**
   * What must come out, and how far off it may be: the result of the last candidate, the plainest, and twice the house's
   * tolerance of a sum, 2 · √terms · 2⁻²³ · Σ|terms|, since both may be off by it, with that of elementwise work. Of
   * absolute values and without fused work, a sum of terms is the sum of their magnitudes.
   */
  async expected(): Promise<Expected[]> {
    const plain = this.#nodes.map((node) => forced(node, node.op.kernels.at(-1)));
    const sums = plain.map(withoutEpilogue);
    const values = await this.#evaluate(plain, (own) => own);
    const magnitudes = await this.#evaluate(sums, (own) => own.map(Math.abs));
    const terms = sums.flatMap((node) => {
      const { flops } = node.op.cost(requestOf(node as Node));
      return node.types.map(({ shape }) => Math.max(1, flops / elementCount(shape)));
    });
    const dtypes = sums.flatMap(({ types }) => types.map(({ dtype }) => dtype));
    return values.map((own, index) => ({
      values: own,
      magnitudes: magnitudes[index] ?? own,
      terms: terms[index] ?? 1,
      dtype: dtypes[index] ?? "f32",
    }));
  }

  release(): void {
    this.#states.dispose();
  }

  async #evaluate(
    nodes: readonly WorkNode[],
    change: (values: TypedArray) => TypedArray,
  ): Promise<TypedArray[]> {
    const program = await this.compile(makePlan(this.#graphOf(nodes), this.#bench.traits));
    try {
      this.#load(change);
      return await this.#run(program, nodes);
    } finally {
      program.dispose();
    }
  }

  #load(change: (values: TypedArray) => TypedArray): void {
    for (const state of new Set(this.#inputs.flat())) this.#states.write(state, change(state.initial));
  }

  async #run(program: Program, nodes: readonly WorkNode[]): Promise<TypedArray[]> {
    const { device } = this.#bench;
    await device.scoped("tuning", () => program.replay(tuningRows(1)));
    const reads = nodes.flatMap(({ op, types }, node) =>
      types.map((_, index) => {
        const state = this.#inputs[node]?.[op.updates?.[index] ?? -1];
        return state ? this.#states.read(state) : program.read(outputName(node, index));
      }),
    );
    return Promise.all(reads);
  }

  #graphOf(nodes: readonly WorkNode[]): Graph {
    const outputs = new Map<string, Tensor>();
    const updates: Update[] = [];
    nodes.forEach(({ op, inputs, attributes }, number) => {
      const states = this.#inputs[number] ?? [];
      const tensors = inputs.map((tensor, index) => stateTensor(states[index] as State, tensor.shape));
      record(op, tensors, attributes).forEach((value, index) => {
        const state = states[op.updates?.[index] ?? -1];
        if (state) updates.push({ state, value });
        else outputs.set(outputName(number, index), value);
      });
    });
    return { outputs, updates, unread: [] };
  }
}

const outputName = (node: number, index: number): string => `out${node}.${index}`;

function forced(node: WorkNode, kernel: Kernel | undefined): WorkNode {
  return kernel ? { ...node, op: { ...node.op, kernels: [kernel] } } : node;
}

function withoutEpilogue(node: WorkNode): WorkNode {
  if (!node.op.acceptsEpilogue) return node;
  const { epilogue: _, ...attributes } = node.attributes as EpilogueAttributes;
  return { ...node, attributes, inputs: node.inputs.slice(0, node.op.inputs.length) };
}

/** What must come out of an output. */
export interface Expected {
  readonly values: TypedArray;
  /** Σ|terms| of each element. */
  readonly magnitudes: TypedArray;
  readonly terms: number;
  /** Of f16, one step more or less may be either's rounding; f32 by default. */
  readonly dtype?: DType;
}

/** What is wrong with outputs, or null: the first element that is too far off. Integers must be equal. */
export function firstDifference(got: readonly TypedArray[], expected: readonly Expected[]): string | null {
  for (const [output, { values, magnitudes, terms, dtype }] of expected.entries()) {
    const own = got[output] ?? new Float32Array();
    if (own.length !== values.length) return `output ${output} has ${own.length} elements`;
    const unit = values instanceof Float32Array ? 4 * Math.sqrt(terms) * 2 ** -23 : 0;
    for (let index = 0; index < values.length; index++) {
      const [a, b] = [own[index] ?? Number.NaN, values[index] ?? Number.NaN];
      if (Object.is(a, b)) continue;
      const magnitude = Math.max(Math.abs(magnitudes[index] ?? 0), Math.abs(b));
      const step = dtype === "f16" ? 2 ** -10 : 0;
      const allowed = unit === 0 ? 0 : unit * magnitude + 1e-5 + (1.3e-6 + step) * Math.abs(b);
      // Written so that a NaN is wrong where the other is none.
      if (Math.abs(a - b) <= allowed) continue;
      return `output ${output}, element ${index}: got ${a}, expected ${b}, allowed error ${allowed}`;
    }
  }
  return null;
}

/** Optimizers take roots of what they remember, so their values are positive; labels and indices are 0 and 1. */
export function randomValues({ dtype, shape }: TensorType, op?: Op): TypedArray {
  const count = elementCount(shape);
  if (dtype === "u32") return new Uint32Array(count).map((_, index) => index & 1);
  if (dtype === "i32") return new Int32Array(count).map((_, index) => index & 1);
  const least = op?.kind === "update" ? 0.05 : -1;
  let word = 0x2545f491 ^ count;
  return new Float32Array(count).map(() => {
    // xorshift32: millions of values at once, where quality matters less than time.
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return least + (1 - least) * (word >>> 8) * 2 ** -24;
  });
}
