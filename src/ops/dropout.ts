import "../kernels/generated/dropout.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput } from "./checks.ts";
import { expectDropout } from "./random_draw.ts";

export interface DropoutAttributes {
  /** The share of elements set to 0, 0 ≤ rate < 1. */
  readonly rate: number;
  /** A u32 that sets the random numbers apart from those of a network's other dropouts. */
  readonly stream: number;
}

const kernel = defineKernel<"dropout/dropout", DropoutAttributes>({
  file: "dropout/dropout",
  params: ({ outputs, attributes: { rate, stream } }) => ({
    vectors: ceilDivide(elementCount(outputs[0]?.shape ?? []), 4),
    stream,
    rate,
    scale: 1 / (1 - rate),
  }),
  workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4 * 64),
});

export const dropoutOp = defineOp<DropoutAttributes>({
  name: "dropout",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs) => [expectInput("dropout", inputs, 0, null)],
  // Linear in x, and the same mask comes out again in the same step.
  vjp: (dy, _, attributes) => [dropout(dy, attributes)],
  kernels: [kernel],
});

/**
 * Sets a share of the elements to 0 and scales the rest by 1 / (1 − rate). The mask is drawn anew at each step: it
 * depends on the engine's seed, the step's number, the stream and the element's place, and on nothing else.
 * @throws UsageError where the rate or the stream is out of range
 */
export function dropout(x: Tensor, attributes: DropoutAttributes): Tensor {
  const { rate, stream } = attributes;
  expectDropout("dropout", rate, stream);
  return rate === 0 ? x : apply(dropoutOp, [x], { rate, stream });
}
