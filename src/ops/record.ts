import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";

/** Where in a history, a table of one row for each step of a submit, a value goes. */
export interface RecordAttributes {
  /** Values a row. */
  readonly width: number;
  readonly column: number;
}

export const recordOp = defineOp<RecordAttributes>({
  name: "record",
  kind: "update",
  inputs: ["value", "history"],
  outputs: ["history"],
  updates: [1],
  type: (inputs, { width, column }) => {
    const value = expectInput("record", inputs, 0, null);
    const history = expectInput("record", inputs, 1, 1);
    if (elementCount(value.shape) !== 1) throw shapeError("record", inputs, "the value has not one element");
    if (elementCount(history.shape) % width !== 0 || column < 0 || column >= width) {
      throw shapeError(
        "record",
        inputs,
        `there is no column ${column} of ${width}`,
        `whole rows of ${width}`,
      );
    }
    return [history];
  },
  kernels: [
    defineKernel<"record/record", RecordAttributes>({
      file: "record/record",
      params: ({ outputs, attributes }) => ({
        length: elementCount(outputs[0]?.shape ?? []),
        width: attributes.width,
        column: attributes.column,
      }),
      workgroups: () => 1,
      bindings: () => ["value", null, "history"],
    }),
  ],
  cost: () => ({ flops: 0, bytes: 8 }),
});

/**
 * Keeps a step's value until the host reads the steps of a submit together: history[row · width + column] = value,
 * with the row from the step; a row beyond the history is dropped.
 * @param value f32, one element
 * @param history flat state of whole rows
 * @returns the new history, in the storage of the old
 */
export function record(value: Tensor, history: Tensor, attributes: RecordAttributes): Tensor {
  return apply(recordOp, [value, history], attributes);
}
