import { constantTensor } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { RandomStream } from "../../kernels/philox.ts";
import type { SmoothedLabels } from "../../ops/labels.ts";
import { ignoredLabel } from "../../ops/labels.ts";
import type { Case, Draw } from "../case.ts";
import { labelledCases } from "./labelled.ts";
import { need } from "./shapes.ts";

/** An op of logits, labels and weights of classes, which are constants to the gradient and so no input of the case. */
type Apply = (
  logits: Tensor,
  labels: Tensor,
  classWeights: Tensor,
  attributes: SmoothedLabels,
) => Tensor | readonly Tensor[];

const settings: readonly (readonly [name: string, attributes: SmoothedLabels])[] = [
  ["", { labelSmoothing: 0, ignoreIndex: 3 }],
  [", smoothed", { labelSmoothing: 0.1, ignoreIndex: ignoredLabel }],
];

/** The cases of labelled rows, with weights, one class ignored, and smoothed. */
export function weightedLabelCases(apply: Apply): readonly Case[] {
  return settings.flatMap(([suffix, attributes]) =>
    labelledCases((logits, labels) =>
      apply(logits, labels, classWeights(logits.shape[1] ?? 1), attributes),
    ).map((given) => ({ ...given, name: given.name + suffix })),
  );
}

/** Between ½ and 2; the second class counts nothing. */
export function classWeights(classes: number): Tensor {
  const values = new RandomStream(3).fillUniform(new Float32Array(classes), 0.5, 2);
  if (classes > 2) values[1] = 0;
  return constantTensor(values, { shape: [classes], dtype: "f32" });
}

/** Some labels are no class. */
export function randomLabelCase(draw: Draw, apply: Apply): Case {
  const [batch, classes] = [draw.integer(1, 9), draw.integer(1, 13)];
  const attributes = {
    labelSmoothing: draw.pick([0, 0.1, 1]),
    ignoreIndex: draw.pick([ignoredLabel, 0]),
  };
  return {
    name: "any",
    inputs: [
      { shape: [batch, classes], fill: { kind: "normal", scale: 3 } },
      { shape: [batch], fill: { kind: "indices", below: classes + 1 } },
    ],
    build: ([logits, labels]) => apply(need(logits), need(labels), classWeights(classes), attributes),
  };
}
