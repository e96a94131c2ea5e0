import { rewrite } from "../../graph/graph.ts";
import type { Op, Pass } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import type { FloatDType } from "../../kernels/types.ts";
import { ceilDivide, roundUp } from "../../kernels/types.ts";
import type { ReductionAttributes, ReductionView } from "../reduction.ts";
import { reductionView } from "../reduction.ts";
import { reshape } from "../reshape.ts";

/** A reduction of x and the length of the parts that it is to be done in. */
type Split<Attributes> = (
  op: Op<Attributes>,
  x: Tensor,
  attributes: Attributes,
  part: number,
  node: Node,
) => Tensor;

/** What has been split, and what is small enough to be done at once, says so by its `part`. */
function splitOf<Attributes extends ReductionAttributes>(
  op: Op<Attributes>,
  node: Node,
  x: Tensor,
  split: Split<Attributes>,
  mostOutputs = Number.POSITIVE_INFINITY,
): Tensor | null {
  const attributes = attributesOf(op, node);
  if (attributes.part !== undefined) return null;
  const view = reductionView(x.shape, attributes);
  const part = partLength(view);
  return part === null || view.outer * view.inner > mostOutputs ? null : split(op, x, attributes, part, node);
}

/** The longest reductions worth a single dispatch, and the number of results that keep a GPU busy with those. */
const [longest, enough] = [1023, 2048];

/** How many elements a part has, null where the whole is better done at once. */
export function partLength({ outer, length, inner }: ReductionView): number | null {
  const outputs = outer * inner;
  if (length <= longest || outputs > enough) return null;
  // A row's part is a workgroup's; a column's one invocation's or a few's, so that there have to be more.
  const parts =
    inner === 1
      ? Math.min(4096 / outputs, length / 16)
      : Math.min(Math.max(65_536 / outputs, 2), length / 64, 1024);
  const part = ceilDivide(length, Math.floor(parts));
  return inner === 1 ? roundUp(part, 4) : part;
}

/** What is folded again stays f32; the whole is stored as it would have been at once. */
export const storedAs = (node: Node): FloatDType => (node.types[0]?.dtype === "f16" ? "f16" : "f32");

/** With more results than this it is not worth more dispatches than two, or to read x again. */
export const mostOutputs = 256;

/** A pass that does long reductions of some names in parts. */
export function splitReduction(
  names: readonly string[],
  split: Split<ReductionAttributes>,
  most?: number,
): Pass {
  return {
    name: "splitReductions",
    run: (graph) =>
      rewrite(graph, (node, [x]) => {
        if (!x || !names.includes(node.op.name)) return null;
        const parts = splitOf(node.op as Op<ReductionAttributes>, node, x, split, most);
        return parts && [reshape(parts, node.types[0]?.shape ?? [])];
      }),
  };
}
