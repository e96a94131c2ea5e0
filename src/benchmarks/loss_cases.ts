import { binaryCrossEntropyWithLogitsOp } from "../ops/binaryCrossEntropyWithLogits.ts";
import { huberErrorOp } from "../ops/huberError.ts";
import { negativeLogLikelihoodGradientOp } from "../ops/negativeLogLikelihoodGradient.ts";
import { softTargetCrossEntropyOp } from "../ops/softTargetCrossEntropy.ts";
import { weightedCrossEntropyOp } from "../ops/weightedCrossEntropy.ts";
import { weightedCrossEntropyGradientOp } from "../ops/weightedCrossEntropyGradient.ts";
import type { KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

const [batch, classes] = [1024, 1000];
const logits = { shape: [batch, classes], axes: "bc" };
const labels = { shape: [batch], axes: "b", values: classes };
const weights = { shape: [classes], axes: "c", values: { all: 1 } };
const rows = { shape: [batch], axes: "b" };
const name = `batch ${batch}, ${classes} classes`;
const smoothed = { labelSmoothing: 0.1, ignoreIndex: 0xffffffff };
const flat = { shape: [1 << 20], axes: "i" };
const elements = `${1 << 20} elements`;

/** Losses at the size of ImageNet's logits, and of a million elements. */
export const lossCases: readonly KernelCase[] = [
  kernelCase(weightedCrossEntropyOp, () => smoothed, {
    case: `${name}, smoothed`,
    inputs: [logits, labels, weights],
    outputAxes: ["b", "b", "b", "bs"],
    sample: { b: 64 },
  }),
  kernelCase(weightedCrossEntropyGradientOp, () => smoothed, {
    case: `${name}, smoothed`,
    // Not what rows of logits come to, but what the reference would then give: no row has a factor.
    inputs: [
      logits,
      { ...labels, values: 1 },
      { ...weights, values: { all: 0 } },
      { ...rows, values: { all: 0 } },
      { shape: [batch, 2], axes: "bs" },
    ],
    outputAxes: ["bc"],
    sample: { b: 64 },
  }),
  kernelCase(softTargetCrossEntropyOp, () => null, {
    case: name,
    inputs: [logits, { ...logits, values: "positive" }],
    outputAxes: ["b"],
    sample: { b: 64 },
    tolerance: { kind: "reduction", terms: classes },
  }),
  kernelCase(negativeLogLikelihoodGradientOp, () => ({ ignoreIndex: 0xffffffff }), {
    case: name,
    inputs: [rows, labels, weights],
    outputAxes: ["bc"],
  }),
  kernelCase(huberErrorOp, () => ({ delta: 0.5 }), {
    case: elements,
    inputs: [flat, flat],
    outputAxes: ["i"],
  }),
  kernelCase(binaryCrossEntropyWithLogitsOp, () => null, {
    case: elements,
    inputs: [flat, { ...flat, values: "positive" }, { shape: [1], axes: "w", values: { all: 2 } }],
    outputAxes: ["i"],
  }),
];
