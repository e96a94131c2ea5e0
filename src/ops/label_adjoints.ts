import "../kernels/generated/negativeLogLikelihood.ts";
import "../kernels/generated/negativeLogLikelihoodGradient.ts";
import { constantTensor } from "../graph/leaves.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import type { WeightedLabels } from "./labels.ts";
import { expectClassWeights, expectLogitsAndLabels } from "./labels.ts";
import { rowGroups, rowView } from "./row_kernels.ts";

/**
 * The two maps along labels, each the other's gradient, and so in one file: take the weighted negative of one element
 * from each row, and put the weighted negative of a value for each row back in its place.
 */
const pick: Op<WeightedLabels> = defineOp<WeightedLabels>({
  name: "negativeLogLikelihood",
  inputs: ["logProbabilities", "labels", "classWeights"],
  outputs: ["loss", "weight"],
  type: (inputs) => {
    const [, { shape }] = expectLogitsAndLabels("negativeLogLikelihood", inputs);
    expectClassWeights("negativeLogLikelihood", inputs);
    return [
      { shape, dtype: "f32" },
      { shape, dtype: "f32" },
    ];
  },
  saves: ["labels", "classWeights"],
  vjp: (dy, saved, attributes) => {
    return [apply(place, [dy, saved("labels"), saved("classWeights")], attributes), null, null];
  },
  kernels: [
    defineKernel<"negativeLogLikelihood/serial", WeightedLabels>({
      file: "negativeLogLikelihood/serial",
      params: (request) => ({ ...rowView(request), ignored: request.attributes.ignoreIndex }),
      workgroups: rowGroups("serial"),
    }),
  ],
  // Of a row, one element.
  cost: (request) => ({ flops: rowView(request).rows, bytes: 4 * 5 * rowView(request).rows }),
});

const place: Op<WeightedLabels> = defineOp<WeightedLabels>({
  name: "negativeLogLikelihoodGradient",
  inputs: ["cotangent", "labels", "classWeights"],
  outputs: ["gradient"],
  type: (inputs) => {
    const cotangent = expectInput("negativeLogLikelihoodGradient", inputs, 0, 1);
    const labels = expectInput("negativeLogLikelihoodGradient", inputs, 1, 1, "u32");
    const weights = expectInput("negativeLogLikelihoodGradient", inputs, 2, 1);
    if (sizeAt(cotangent.shape, 0) !== sizeAt(labels.shape, 0)) {
      throw shapeError("negativeLogLikelihoodGradient", inputs, "there is not one label a row");
    }
    return [{ shape: [...cotangent.shape, ...weights.shape], dtype: "f32" }];
  },
  saves: ["labels", "classWeights"],
  vjp: (dy, saved, attributes) => {
    return [apply(pick, [dy, saved("labels"), saved("classWeights")], attributes), null, null];
  },
  kernels: [
    defineKernel<"negativeLogLikelihoodGradient/vec4", WeightedLabels>({
      file: "negativeLogLikelihoodGradient/vec4",
      constants: ({ inputs }) => ({ WHOLE: Number(elementCount(inputs[2]?.shape ?? []) % 4 === 0) }),
      params: ({ inputs, outputs, attributes }) => ({
        rows: elementCount(inputs[0]?.shape ?? []),
        columns: elementCount(inputs[2]?.shape ?? []),
        vectors: ceilDivide(elementCount(outputs[0]?.shape ?? []), 4),
        ignored: attributes.ignoreIndex,
      }),
      workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4 * 64),
    }),
  ],
});

export const labelAdjoints = { pick, place } as const;

/** A weight of 1 for every class. */
export function evenWeights(classes: number): Tensor {
  return constantTensor(new Float32Array(classes).fill(1), { shape: [classes], dtype: "f32" });
}
