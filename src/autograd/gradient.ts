import { ShapeError } from "../device/errors.ts";
import { nodeName, sortedNodes } from "../graph/graph.ts";
import { scalar } from "../graph/leaves.ts";
import type { Saved } from "../graph/op.ts";
import { at } from "../graph/place.ts";
import type { Node, Tensor } from "../graph/tensor.ts";
import { Tensor as TensorHandle } from "../graph/tensor.ts";
import { elementCount, formatType, isFloat, sameShape } from "../kernels/types.ts";
import { add } from "../ops/add.ts";
import { repeat } from "../ops/broadcastTo.ts";
import { castLike } from "../ops/cast.ts";
import { reshape } from "../ops/reshape.ts";
import { sum } from "../ops/sum.ts";

/**
 * Reverse-mode gradients of a scalar loss, as ordinary tensors built of ops: the gradient of a gradient works.
 * @param loss a float, one element
 * @param inputs tensors the loss may depend on; the gradient of one it does not depend on is zero
 * @returns for each input, ∂loss/∂input with the input's shape
 * @throws ShapeError where the loss is no scalar, or an op between has no gradient
 */
export function gradient(loss: Tensor, inputs: readonly Tensor[]): Tensor[] {
  if (elementCount(loss.shape) !== 1 || !isFloat(loss.dtype)) {
    throw new ShapeError({
      where: "gradient",
      problem: "the loss is no scalar",
      got: formatType(loss.type),
      expected: "f32[]",
      hint: "take the mean or the sum first",
    });
  }
  return vectorJacobianProduct(loss, castLike(repeat(scalar(1), loss.shape), loss), inputs);
}

/**
 * Σ cotangent · ∂output/∂input for each input: the gradient of any output, given the cotangent of its shape.
 * @throws ShapeError where an op between has no gradient
 */
export function vectorJacobianProduct(
  output: Tensor,
  cotangent: Tensor,
  inputs: readonly Tensor[],
): Tensor[] {
  const cotangents = new Cotangents();
  cotangents.add(output, cotangent);
  const wanted = dependents(output, inputs);
  for (const node of sortedNodes([output]).reverse()) {
    if (!wanted.has(node)) continue;
    const dys = node.types.map((_, index) => cotangents.of(new TensorHandle(node, index)) ?? null);
    const reached = node.op.vjpOfOutputs ? dys.some((dy) => dy !== null) : dys[0] !== null;
    if (!reached || node.inputs.every((input) => !wanted.has(input.node))) continue;
    at({ layer: node.place?.layer ?? "", gradientOf: nodeName(node) }, () =>
      pullBack(node, dys, wanted, cotangents),
    );
  }
  return inputs.map((input) => cotangents.of(input) ?? castLike(repeat(scalar(0), input.shape), input));
}

/** The nodes on a path from an input to the output. */
function dependents(output: Tensor, inputs: readonly Tensor[]): Set<Node> {
  const wanted = new Set(inputs.map((input) => input.node));
  for (const node of sortedNodes([output])) {
    if (node.inputs.some((input) => wanted.has(input.node))) wanted.add(node);
  }
  return wanted;
}

function pullBack(
  node: Node,
  dys: readonly (Tensor | null)[],
  wanted: ReadonlySet<Node>,
  cotangents: Cotangents,
): void {
  const { vjp, vjpOfOutputs } = node.op;
  const [dy] = dys;
  const pulled =
    vjpOfOutputs?.(dys, savedBy(node), node.attributes) ?? (dy && vjp?.(dy, savedBy(node), node.attributes));
  if (!pulled) {
    throw new ShapeError({
      where: nodeName(node),
      problem: "this op has no gradient",
      hint: "is it on the way to the loss?",
    });
  }
  pulled.forEach((cotangent, index) => {
    const input = node.inputs[index];
    if (cotangent && input && wanted.has(input.node)) cotangents.add(input, fitted(cotangent, input));
  });
}

/** Gives an op's gradient what it declared in `saves`, and nothing else: liveness depends on that. */
function savedBy(node: Node): Saved {
  const { inputs, outputs, saves, name } = node.op;
  return (wanted) => {
    if (!saves.includes(wanted))
      throw new Error(`internal: ${name}'s gradient reads ${wanted} without saving it`);
    const output = outputs.indexOf(wanted);
    if (output >= 0) return new TensorHandle(node, output);
    const input = node.inputs[inputs.indexOf(wanted)];
    if (!input) throw new Error(`internal: ${name} has no ${wanted}`);
    return input;
  };
}

/** A cotangent as its tensor is: without what broadcasting repeated, and in the dtype that was promoted. */
function fitted(cotangent: Tensor, input: Tensor): Tensor {
  return castLike(sumBroadcast(cotangent, input), input);
}

/** Undoes broadcasting, once for all ops: sums over the axes along which the input was repeated. */
function sumBroadcast(cotangent: Tensor, input: Tensor): Tensor {
  if (sameShape(cotangent.shape, input.shape)) return cotangent;
  const added = cotangent.shape.length - input.shape.length;
  const axes = cotangent.shape.flatMap((size, axis) =>
    axis < added || (input.shape[axis - added] === 1 && size !== 1) ? [axis] : [],
  );
  return reshape(sum(cotangent, { axes, keepDims: true }), input.shape);
}

/** Sums of cotangents, by node and output. */
class Cotangents {
  readonly #sums = new Map<Node, (Tensor | undefined)[]>();

  add(tensor: Tensor, cotangent: Tensor): void {
    const sums = this.#sums.get(tensor.node) ?? [];
    const known = sums[tensor.index];
    sums[tensor.index] = known ? add(known, cotangent) : cotangent;
    this.#sums.set(tensor.node, sums);
  }

  of(tensor: Tensor): Tensor | undefined {
    return this.#sums.get(tensor.node)?.[tensor.index];
  }
}
