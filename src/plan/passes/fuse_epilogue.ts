import "../../kernels/generated/elementwise/broadcastTo.ts";
import type { UseCounts } from "../../graph/graph.ts";
import { countUses, rewrite } from "../../graph/graph.ts";
import type { Epilogue, EpilogueAttributes, EpilogueOperand, Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { record } from "../../graph/tensor.ts";
import { singleFormula, substitute } from "../../kernels/formula.ts";
import { elementCount, sameShape } from "../../kernels/types.ts";
import { reshape, reshapeOp } from "../../ops/reshape.ts";

/**
 * Elementwise work on the result of a matmul, a convolution or a sum moves into its kernel: a bias over the last axis,
 * an activation, a product with a tensor of the result's shape; of a sum, what makes it a mean. The unfinished result
 * is never stored.
 */
export const fuseEpilogue: Pass = {
  name: "fuseEpilogue",
  run: (graph) => {
    const uses = countUses(graph);
    return rewrite(graph, (node, inputs) => {
      if (!node.op.formula) return null;
      for (let index = 0; index < inputs.length; index++) {
        const fused = fuseInto(node, inputs, index, uses);
        if (fused) return [fused];
      }
      return null;
    });
  },
};

function fuseInto(node: Node, inputs: readonly Tensor[], index: number, uses: UseCounts): Tensor | null {
  const value = inputs[index];
  const formula = node.op.formula?.(node.attributes);
  const shape = node.types[0]?.shape ?? [];
  if (!value || !formula || !sameShape(value.shape, shape)) return null;
  const producer = throughReshapes(value).node;
  const accepted = producer.op.acceptsEpilogue;
  if (!accepted || !readOnce(node.inputs[index], uses)) return null;

  const outer = inputs.map((input, at) =>
    at === index ? ("value" as const) : operandKind(input, producer, shape),
  );
  const base = producer.inputs.slice(0, producer.op.inputs.length);
  const own = (producer.attributes as EpilogueAttributes).epilogue ?? nothing;
  const ownOperands = own.operands.filter((kind) => kind !== "value");
  const kinds = outer.filter((kind) => kind !== "value");
  const free = (kind: EpilogueOperand | null) =>
    kind !== null && kind !== "value" && accepted.includes(kind) && !ownOperands.includes(kind);
  if (!kinds.every(free) || new Set(kinds).size < kinds.length) return null;

  const operands: EpilogueOperand[] = [...own.operands];
  const added: Tensor[] = [];
  const parts = outer.map((kind, at) => {
    if (kind === "value") return { formula: own.formula, operands: own.operands.map((_, place) => place) };
    const operand = inputs[at];
    if (!kind || !operand) throw new Error("internal: an epilogue operand went missing");
    added.push(kind === "operand" ? reshape(operand, producerShape(producer)) : reshape(operand, [-1]));
    return operands.push(kind) - 1;
  });
  const epilogue: Epilogue = { formula: substitute(formula, parts, operands.length), operands };
  const dtype = node.types[0]?.dtype === "f16" ? "f16" : "f32";
  const stored = dtype === producer.types[0]?.dtype ? {} : { dtype };
  const attributes = { ...(producer.attributes as EpilogueAttributes), epilogue, ...stored };
  const extra = producer.inputs.slice(producer.op.inputs.length);
  const [fused] = record(
    producer.op,
    [...base, ...extra, ...added],
    attributes,
    node.label ?? producer.label,
  );
  return fused ? reshape(fused, shape) : null;
}

/** No work yet: the result as it is. */
const nothing: Epilogue = { formula: singleFormula("broadcastTo", 1), operands: ["value"] };

const producerShape = (producer: Node) => producer.types[0]?.shape ?? [];

function throughReshapes(tensor: Tensor): Tensor {
  const [inner] = tensor.node.inputs;
  return tensor.node.op.name === reshapeOp.name && inner ? throughReshapes(inner) : tensor;
}

/** Whether nothing else reads the tensor, nor the reshapes between it and its producer. */
function readOnce(tensor: Tensor | undefined, uses: UseCounts): boolean {
  if (!tensor || uses.of(tensor) !== 1) return false;
  const [inner] = tensor.node.inputs;
  return tensor.node.op.name === reshapeOp.name && inner ? readOnce(inner, uses) : true;
}

/** What an operand would be to the producer's kernel: a vector over the last axis, a whole tensor, or neither. */
function operandKind(input: Tensor, producer: Node, shape: readonly number[]): EpilogueOperand | null {
  const columns = producerShape(producer).at(-1) ?? 1;
  // After a reshape that splits the producer's last axis, a row of the one is no row of the other.
  if (elementCount(input.shape) === columns && input.shape.at(-1) === columns && shape.at(-1) === columns)
    return "bias";
  return sameShape(input.shape, shape) ? "operand" : null;
}
