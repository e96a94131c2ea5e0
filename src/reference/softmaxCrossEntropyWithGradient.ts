import type { ScaledGradientAttributes } from "../ops/softmaxCrossEntropyWithGradient.ts";
import type { Reference } from "./reference.ts";
import { reference as loss } from "./softmaxCrossEntropy.ts";
import { reference as gradient } from "./softmaxCrossEntropyGradient.ts";

export const reference: Reference<ScaledGradientAttributes> = (inputs, { gradientScale }, context) => [
  ...loss(inputs, null, context),
  ...gradient(inputs, null, context).map((values) => values.map((value) => gradientScale * value)),
];
