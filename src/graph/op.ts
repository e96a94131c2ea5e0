import type { Formula } from "../kernels/formula.ts";
import type { Cost, Kernel, KernelRequest } from "../kernels/kernel.ts";
import type { TensorType } from "../kernels/types.ts";
import type { Tensor } from "./tensor.ts";

/**
 * What the engine knows of an operation: its shape rule, its gradient and what that keeps, its kernels, its cost.
 * The f64 reference has the same file name under `src/reference/`, the cases under `test/cases/`.
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
  /** Candidates in order; empty for views and for what the planner places itself. */
  readonly kernels: readonly Kernel<Attributes>[];
  cost(request: KernelRequest<Attributes>): Cost;
  /** Elementwise ops: their work as a formula, which lets passes fuse them. */
  formula?(attributes: Attributes): Formula;
  /** Its kernels take an epilogue: attributes may hold one, and its operands follow the op's own inputs. */
  readonly acceptsEpilogue?: boolean;
  readonly kind: OpKind;
  /** For `update` ops: for each output, the input whose storage it takes over. */
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

export type Vjp<Attributes> = (
  cotangent: Tensor,
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
}

type Description<Attributes> = Partial<Pick<Op<Attributes>, "saves" | "vjp" | "kernels" | "formula" | "acceptsEpilogue" | "kind" | "updates" | "cost">> &
  Pick<Op<Attributes>, "name" | "inputs" | "outputs" | "type">;

/** Fills the defaults: a compute op, nothing saved, no arithmetic, every byte touched once. */
export function defineOp<Attributes>(description: Description<Attributes>): Op<Attributes> {
  return { saves: [], kernels: [], kind: "compute", cost: touchOnce, ...description };
}

/** The cost of an op that does nothing but move: each input read and each output written once. */
export function touchOnce({ inputs, outputs }: KernelRequest<never>): Cost {
  const elements = [...inputs, ...outputs].reduce(
    (sum, { shape }) => sum + shape.reduce((count, size) => count * size, 1),
    0,
  );
  return { flops: 0, bytes: elements * 4 };
}

/** A node's attributes with the type its op gave them; the node must be that op's. */
export function attributesOf<Attributes>(op: Op<Attributes>, node: { readonly op: { readonly name: string }; readonly attributes: unknown }): Attributes {
  if (node.op.name !== op.name) throw new Error(`internal: ${node.op.name} is no ${op.name}`);
  return node.attributes as Attributes;
}
