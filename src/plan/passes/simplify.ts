import { rewrite } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import { attributesOf } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { elementCount, isFloat, sameShape } from "../../kernels/types.ts";
import { addOp } from "../../ops/add.ts";
import { broadcastToOp, repeat } from "../../ops/broadcastTo.ts";
import { castFloats, castOp } from "../../ops/cast.ts";
import { constantValue } from "../../ops/constant_value.ts";
import { mulOp } from "../../ops/mul.ts";
import { reshape, reshapeOp } from "../../ops/reshape.ts";
import { sumOp } from "../../ops/sum.ts";

/** Algebra that needs no kernel: reshapes of reshapes, products with one, sums over one element. */
export const simplify: Pass = {
  name: "simplify",
  run: (graph) =>
    rewrite(graph, (node, inputs) => {
      const simpler = simplifyNode(node, inputs);
      return simpler && [simpler];
    }),
};

function simplifyNode(node: Node, inputs: readonly Tensor[]): Tensor | null {
  const simpler = simplerValue(node, inputs);
  const dtype = node.types[0]?.dtype;
  // What is left of an op may have been promoted by what is gone.
  return simpler && isFloat(simpler.dtype) && dtype && isFloat(dtype) ? castFloats(simpler, dtype) : simpler;
}

function simplerValue(node: Node, inputs: readonly Tensor[]): Tensor | null {
  const shape = node.types[0]?.shape ?? [];
  const [x, y] = inputs;
  if (!x) return null;
  switch (node.op.name) {
    case reshapeOp.name:
      return simplifyReshape(x, shape);
    case broadcastToOp.name:
      return sameShape(x.shape, shape) ? x : null;
    case castOp.name:
      return x.dtype === node.types[0]?.dtype ? x : null;
    case sumOp.name:
      return sameShape(x.shape, shape) && !attributesOf(sumOp, node).epilogue ? x : null;
    case mulOp.name:
      return y ? withoutNeutral(x, y, 1, shape) : null;
    case addOp.name:
      return y ? withoutNeutral(x, y, 0, shape) : null;
    default:
      return null;
  }
}

function simplifyReshape(x: Tensor, shape: readonly number[]): Tensor | null {
  if (sameShape(x.shape, shape)) return x;
  const [inner] = x.node.inputs;
  if (!inner) return null;
  if (x.node.op.name === reshapeOp.name) return sameShape(inner.shape, shape) ? inner : reshape(inner, shape);
  // A repeated scalar is the same under every shape, and elementwise chains read through it.
  if (x.node.op.name === broadcastToOp.name && elementCount(inner.shape) === 1) {
    return repeat(reshape(inner, []), shape);
  }
  return null;
}

function withoutNeutral(a: Tensor, b: Tensor, neutral: number, shape: readonly number[]): Tensor | null {
  if (constantValue(b) === neutral) return repeat(a, shape);
  if (constantValue(a) === neutral) return repeat(b, shape);
  return null;
}
