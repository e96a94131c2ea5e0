import "../kernels/generated/record.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { bindingAlignment, ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import { pack } from "./pack.ts";

/** How a history, a table of one row for each step of a submit, is laid out. */
export interface RecordAttributes {
  /** Values a row. */
  readonly width: number;
  /** Elements from one packed value to the next. */
  readonly stride: number;
}

export const recordOp = defineOp<RecordAttributes>({
  name: "record",
  kind: "update",
  inputs: ["values", "history"],
  outputs: ["history"],
  updates: [1],
  type: (inputs, attributes) => {
    const { width } = attributes;
    const values = expectInput("record", inputs, 0, 1);
    const history = expectInput("record", inputs, 1, 1);
    if (elementCount(history.shape) % width !== 0) {
      throw shapeError("record", inputs, "the history has no whole rows", `rows of ${width}`);
    }
    if (elementCount(values.shape) !== packedLength(attributes)) {
      throw shapeError("record", inputs, "the values are not packed", `[${packedLength(attributes)}]`);
    }
    return [history];
  },
  kernels: [
    defineKernel<"record/record", RecordAttributes>({
      file: "record/record",
      params: ({ outputs, attributes }) => ({ length: elementCount(outputs[0]?.shape ?? []), ...attributes }),
      workgroups: ({ attributes: { width } }) => ceilDivide(width, 64),
      bindings: () => ["values", null, "history"],
    }),
  ],
  cost: ({ attributes: { width } }) => ({ flops: 0, bytes: 8 * width }),
});

const packedLength = ({ width, stride }: RecordAttributes): number => (width - 1) * stride + 1;

/**
 * Keeps a step's values until the host reads the steps of a submit together: history[row · width + i] = values[i], with
 * the row from the step; a row beyond the history is dropped.
 * @param values f32, one element each
 * @param history flat state of whole rows of as many
 * @returns the new history, in the storage of the old
 * @throws ShapeError where a value has more than one element or the history no whole rows
 */
export function record(values: readonly Tensor[], history: Tensor): Tensor {
  // Each value is written in its place by what computes it, and places can be bound.
  const attributes = { width: values.length, stride: bindingAlignment / 4 };
  const offsets = values.map((_, index) => index * attributes.stride);
  const packed = pack(values, { offsets, length: packedLength(attributes) });
  return apply(recordOp, [packed, history], attributes);
}
