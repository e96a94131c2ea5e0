import { WgradError } from "../device/errors.ts";
import type { Choices } from "../kernels/choices.ts";
import type { Formula } from "../kernels/formula.ts";
import type { Cost, Kernel, KernelRequest } from "../kernels/kernel.ts";
import type { DType, FloatDType, Shape, TensorType, TypedArray } from "../kernels/types.ts";
import { formatType } from "../kernels/types.ts";
import type { PassName } from "./pass_names.ts";
import type { Place } from "./place.ts";
import { currentPlace } from "./place.ts";
import type { State } from "./state.ts";

/**
 * What the engine knows of an operation: its shape rule, its gradient and what that keeps, its kernels, its cost.
 * The f64 reference has the same file name under `src/reference/`, the cases under `src/validation/cases/`.
 */
export interface Op<Attributes = unknown> {
  readonly name: string;
  /** Names of the inputs in order; the kernels' bindings bear the same. A last name `…` repeats. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** @throws ShapeError where the inputs do not fit */
  type(inputs: readonly TensorType[], attributes: Attributes): readonly TensorType[];
  /** Names of the inputs and outputs that the gradient reads: all that is kept alive for it. */
  readonly saves: readonly string[];
  /**
   * The vector-Jacobian product of output 0, built of ops: cotangents of the inputs in order, null where there is
   * none. Broadcast axes need not be summed: `gradient` does that. Absent: not differentiable.
   */
  readonly vjp?: Vjp<Attributes>;
  /** As `vjp`, where gradients flow through all outputs: takes the cotangent of each, null where there is none. */
  readonly vjpOfOutputs?: VjpOfOutputs<Attributes>;
  /** Candidates in order; empty for views and for what the planner places itself. */
  readonly kernels: readonly Kernel<Attributes>[];
  cost(request: KernelRequest<Attributes>): Cost;
  /** Elementwise ops: their work as a formula, which lets passes fuse them. */
  formula?(attributes: Attributes): Formula;
  /**
   * Its kernels take an epilogue that reads operands of these kinds beside the value: attributes may hold one, and its
   * operands follow the op's own inputs. Absent: none.
   */
  readonly acceptsEpilogue?: readonly Exclude<EpilogueOperand, "value">[];
  /** Passes to run over graphs that have this op, beside those that run over all: a page without it has them not. */
  readonly passes?: readonly Pass[];
  readonly kind: OpKind;
  /** For `update` ops: for each output, the input whose storage it takes over; outputs past the list are fresh. */
  readonly updates?: readonly number[];
}

/**
 * - `compute`: kernels write fresh storage.
 * - `view`: the output is its input's storage under another shape.
 * - `pack`: the output is one flat buffer of its inputs; producers write their part of it directly.
 * - `update`: kernels overwrite inputs, which must be state.
 * - `leaf`: a constant, an input or a piece of state.
 */
export type OpKind = "compute" | "view" | "pack" | "update" | "leaf";

/** A rewriting of the graph that keeps its results. Each can be switched off by name. */
export interface Pass {
  readonly name: PassName;
  /**
   * @param choices what tuning found, for passes that choose between ways to do the same
   * @param workspaceBytes that a tensor made on the way may take
   */
  run(graph: Graph, choices: Choices, workspaceBytes: number): Graph;
}

/** What a step computes: named outputs, and new values of state. */
export interface Graph {
  readonly outputs: ReadonlyMap<string, Tensor>;
  readonly updates: readonly Update[];
  /** What the trace recorded besides: nothing reads it, and the dead-code pass drops it. */
  readonly unread: readonly Tensor[];
}

/** After the step, the state holds the value. */
export interface Update {
  readonly state: State;
  readonly value: Tensor;
}

export type Vjp<Attributes> = (
  cotangent: Tensor,
  saved: Saved,
  attributes: Attributes,
) => readonly (Tensor | null)[];

export type VjpOfOutputs<Attributes> = (
  cotangents: readonly (Tensor | null)[],
  saved: Saved,
  attributes: Attributes,
) => readonly (Tensor | null)[];

/** Reads an input or output that the op declared in `saves`; anything else throws. */
export type Saved = (name: string) => Tensor;

/** Elementwise work that a matmul or a convolution does on its result before it stores it. */
export interface Epilogue {
  readonly formula: Formula;
  /**
   * What each operand of the formula is: the result, a vector over the last axis, or a tensor of the result's shape.
   * At most one of each kind; the tensors follow the op's own inputs in the order given here.
   */
  readonly operands: readonly EpilogueOperand[];
}

export type EpilogueOperand = "value" | "bias" | "operand";

/** Attributes of the ops that accept an epilogue. */
export interface EpilogueAttributes {
  readonly epilogue?: Epilogue | undefined;
  /** What the result is stored as, where the inputs do not decide it: sums of f16 in parts, an epilogue that casts. */
  readonly dtype?: FloatDType | undefined;
}

/** One application of an op. Nodes are immutable; passes make new ones. */
export interface Node<Attributes = unknown> {
  /** Rises with time, so that inputs have smaller numbers than what they feed. */
  readonly id: number;
  readonly op: Op<Attributes>;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly types: readonly TensorType[];
  /** The user's name for it, shown in errors, printed programs and GPU objects. */
  readonly label: string | undefined;
  /** Where in a model it comes from, where that is known. */
  readonly place?: Place | undefined;
}

/** Runs the graph that produces tensors: the engine on a GPU, or the CPU executor. */
export interface Executor {
  evaluate(tensors: readonly Tensor[]): Promise<readonly TypedArray[]>;
}

/**
 * A handle on a value of a lazy graph. Calling an op records it and runs nothing; `await x.data()` compiles and
 * runs what produces x. There is nothing to dispose. Ops add their methods in `ops/methods.ts`.
 */
export class Tensor {
  readonly node: Node;
  /** Which output of the node. */
  readonly index: number;

  constructor(node: Node, index: number) {
    this.node = node;
    this.index = index;
  }

  get type(): TensorType {
    const type = this.node.types[this.index];
    if (!type) throw new Error(`internal: ${this.node.op.name} has no output ${this.index}`);
    return type;
  }

  get shape(): Shape {
    return this.type.shape;
  }

  get dtype(): DType {
    return this.type.dtype;
  }

  /**
   * Runs the graph and reads the elements, row-major.
   * @throws WgradError where no leaf belongs to an engine
   */
  async data(): Promise<TypedArray> {
    const executor = findExecutor(this);
    if (!executor) {
      throw new WgradError({
        where: `${this.node.op.name}${this.node.label ? `(${this.node.label})` : ""}`,
        problem: "this tensor depends on no engine, so nothing can run it",
        hint: "make its inputs with engine.tensor(…), or compile the function that uses it",
      });
    }
    const [values] = await executor.evaluate([this]);
    if (!values) throw new Error("internal: the executor returned nothing");
    return values;
  }

  /** The single element of a one-element tensor. */
  async item(): Promise<number> {
    const values = await this.data();
    if (values.length !== 1)
      throw new WgradError({
        where: "item",
        problem: "the tensor has not one element",
        got: formatType(this.type),
      });
    return values[0] ?? Number.NaN;
  }

  toString(): string {
    return `Tensor ${formatType(this.type)} of ${this.node.op.name}`;
  }
}

let nodes = 0;

/** Where nodes are noted while a function is traced. */
let trace: Node[] | null = null;

/** Runs a function and returns every node it recorded, in order. */
export function traced<Result>(build: () => Result): [Result, readonly Node[]] {
  const outer = trace;
  const own: Node[] = [];
  trace = own;
  try {
    return [build(), own];
  } finally {
    trace = outer;
  }
}

/** Records an op: checks shapes at once and returns its outputs. */
export function record<Attributes>(
  op: Op<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
  label?: string,
): readonly Tensor[] {
  const types = op.type(
    inputs.map((input) => input.type),
    attributes,
  );
  const place = currentPlace();
  const node: Node<Attributes> = { id: ++nodes, op, inputs, attributes, types, label, place };
  trace?.push(node as Node);
  // Attributes stay with the op that made them: every reader of a node goes through that same op.
  return types.map((_, index) => new Tensor(node as Node, index));
}

/** Records an op with one output. */
export function apply<Attributes>(
  op: Op<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
  label?: string,
): Tensor {
  const [output] = record(op, inputs, attributes, label);
  if (!output) throw new Error(`internal: ${op.name} has no output`);
  return output;
}

/** Attributes of a leaf that belongs to an executor. */
export interface Homed {
  readonly home?: Executor | undefined;
}

function findExecutor(tensor: Tensor): Executor | undefined {
  const seen = new Set<Node>();
  const pending = [tensor.node];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const home = (node.attributes as Homed | null | undefined)?.home;
    if (node.op.kind === "leaf" && home) return home;
    for (const input of node.inputs) pending.push(input.node);
  }
  return undefined;
}
