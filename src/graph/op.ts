import type { Cost, KernelRequest } from "../kernels/kernel.ts";
import { trafficBytes } from "../kernels/types.ts";
import type { Node, Op } from "./tensor.ts";

export type {
  Epilogue,
  EpilogueAttributes,
  EpilogueOperand,
  Op,
  OpKind,
  Pass,
  Saved,
  Vjp,
} from "./tensor.ts";

type Description<Attributes> = Partial<
  Pick<
    Op<Attributes>,
    | "saves"
    | "passes"
    | "vjp"
    | "vjpOfOutputs"
    | "kernels"
    | "formula"
    | "acceptsEpilogue"
    | "kind"
    | "updates"
    | "cost"
  >
> &
  Pick<Op<Attributes>, "name" | "inputs" | "outputs" | "type">;

/** Fills the defaults: a compute op, nothing saved, no arithmetic, every byte touched once. */
export function defineOp<Attributes>(description: Description<Attributes>): Op<Attributes> {
  return { saves: [], kernels: [], kind: "compute", cost: touchOnce, ...description };
}

/** The cost of an op that does nothing but move: each input read and each output written once. */
export function touchOnce({ inputs, outputs }: KernelRequest<never>): Cost {
  return { flops: 0, bytes: trafficBytes(...inputs, ...outputs) };
}

/** A node's attributes with the type its op gave them; the node must be that op's. */
export function attributesOf<Attributes>(
  op: Op<Attributes>,
  node: { readonly op: { readonly name: string }; readonly attributes: unknown },
): Attributes {
  if (node.op.name !== op.name) throw new Error(`internal: ${node.op.name} is no ${op.name}`);
  return node.attributes as Attributes;
}

/** Whether a node is of the op of that name, whose attributes the caller knows: passes look for ops that they need not bring along. */
export const isOp = <Attributes>(node: Node, name: string): node is Node<Attributes> & Node =>
  node.op.name === name;
