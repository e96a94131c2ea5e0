import { scalar } from "../../src/graph/leaves.ts";
import { averagePool2dOp } from "../../src/ops/averagePool2d.ts";
import { binaryCrossEntropyWithLogitsOp } from "../../src/ops/binaryCrossEntropyWithLogits.ts";
import { concatOp } from "../../src/ops/concat.ts";
import { conv2dOp } from "../../src/ops/conv2d.ts";
import { conv2dInputGradientOp } from "../../src/ops/conv2dInputGradient.ts";
import { div, divOp } from "../../src/ops/div.ts";
import { dropoutOp } from "../../src/ops/dropout.ts";
import { expOp } from "../../src/ops/exp.ts";
import { flip } from "../../src/ops/flip.ts";
import { geluOp } from "../../src/ops/gelu.ts";
import { huberErrorOp } from "../../src/ops/huberError.ts";
import { logOp } from "../../src/ops/log.ts";
import { matmulOp } from "../../src/ops/matmul.ts";
import { maximumOp } from "../../src/ops/maximum.ts";
import { mul, mulOp } from "../../src/ops/mul.ts";
import { neg } from "../../src/ops/neg.ts";
import { normaliseOp } from "../../src/ops/normalise.ts";
import { normaliseRowsOp } from "../../src/ops/normaliseRows.ts";
import { powOp } from "../../src/ops/pow.ts";
import { preluOp } from "../../src/ops/prelu.ts";
import { reshape } from "../../src/ops/reshape.ts";
import { resizeBilinearOp } from "../../src/ops/resizeBilinear.ts";
import { sigmoid } from "../../src/ops/sigmoid.ts";
import { sliceOp } from "../../src/ops/slice.ts";
import { softTargetCrossEntropyOp } from "../../src/ops/softTargetCrossEntropy.ts";
import { sqrtOp } from "../../src/ops/sqrt.ts";
import { sub, subOp } from "../../src/ops/sub.ts";
import { swishOp } from "../../src/ops/swish.ts";
import { tanhOp } from "../../src/ops/tanh.ts";
import { transpose, transposeOp } from "../../src/ops/transpose.ts";
import { weightedCrossEntropyOp } from "../../src/ops/weightedCrossEntropy.ts";
import { whereOp } from "../../src/ops/where.ts";
import type { Mutation } from "./mutation.ts";
import { gradientMutation } from "./mutation.ts";

export const gradientMutations: readonly Mutation[] = [
  gradientMutation(mulOp, "the gradient of b has the wrong sign", ([da = null, db = null]) => [
    da,
    db && neg(db),
  ]),
  gradientMutation(mulOp, "each operand has the gradient of the other", ([da = null, db = null]) => [db, da]),
  gradientMutation(subOp, "b has the gradient of a", ([da = null]) => [da, da]),
  gradientMutation(divOp, "the gradient of a is not divided by b", ([, db = null], dy) => [dy, db]),
  gradientMutation(
    divOp,
    "the gradient of b is divided by b once less",
    ([da = null, db = null], _, saved) => [da, db && mul(db, saved("b"))],
  ),
  gradientMutation(expOp, "the factor eˣ is missing", (_, dy) => [dy]),
  gradientMutation(tanhOp, "1 − y in place of 1 − y²", (_, dy, saved) => [
    mul(dy, sub(scalar(1), saved("out"))),
  ]),
  gradientMutation(sqrtOp, "½ is missing", (_, dy, saved) => [div(dy, saved("out"))]),
  gradientMutation(logOp, "times x in place of divided by it", (_, dy, saved) => [mul(dy, saved("x"))]),
  gradientMutation(
    powOp,
    "the factor of the exponent is missing",
    ([base = null, exponent = null], _, saved) => [base && div(base, saved("exponent")), exponent],
  ),
  gradientMutation(geluOp, "the density is missing", (_, dy, saved) => [
    mul(dy, sigmoid(mul(saved("x"), scalar(1.702)))),
  ]),
  gradientMutation(swishOp, "beta is given the gradient of x", ([dx = null]) => [dx, dx]),
  gradientMutation(preluOp, "the slope's gradient counts positive elements", ([dx = null], dy, saved) => [
    dx,
    mul(dy, saved("x")),
  ]),
  gradientMutation(whereOp, "the branches are changed about", ([, a = null, b = null]) => [null, b, a]),
  gradientMutation(maximumOp, "a has all of dy", ([, db = null], dy) => [dy, db]),
  gradientMutation(matmulOp, "the gradient of b is missing", ([da = null]) => [da, null]),
  gradientMutation(conv2dOp, "the gradient of the weights has the wrong sign", ([dx = null, dw = null]) => [
    dx,
    dw && neg(dw),
  ]),
  gradientMutation(conv2dInputGradientOp, "the second order forgets the weights", ([dy = null]) => [
    dy,
    null,
  ]),
  gradientMutation(averagePool2dOp, "shared out twice over", ([dx = null]) => [dx && mul(dx, scalar(2))]),
  gradientMutation(resizeBilinearOp, "the image is upside down", ([dx = null]) => [
    dx && flip(dx, { axes: 1 }),
  ]),
  gradientMutation(normaliseOp, "the bias has none", (gradients) => [...gradients.slice(0, -1), null]),
  gradientMutation(normaliseRowsOp, "the means count as constants", (gradients, dy, saved) => {
    const columns = saved("x").shape[1] ?? 1;
    return [mul(dy, scalar(1 / columns)), ...gradients.slice(1)];
  }),
  gradientMutation(softTargetCrossEntropyOp, "the targets have none", ([dx = null]) => [dx, null]),
  gradientMutation(weightedCrossEntropyOp, "not times the cotangent", ([dx = null], dy) => [
    dx && div(dx, reshape(dy, [-1, 1])),
    null,
    null,
  ]),
  gradientMutation(binaryCrossEntropyWithLogitsOp, "that of the targets has the wrong sign", (gradients) =>
    gradients.map((gradient, index) => (index === 1 && gradient ? neg(gradient) : gradient)),
  ),
  gradientMutation(huberErrorOp, "the target has the prediction's", ([dx = null]) => [dx, dx]),
  gradientMutation(dropoutOp, "not masked", (_, dy) => [dy]),
  gradientMutation(sliceOp, "at the other end", ([dx = null]) => [dx && flip(dx, { axes: -1 })]),
  gradientMutation(concatOp, "in the other order", (gradients) => [...gradients].reverse()),
  gradientMutation(transposeOp, "the axes forwards in place of back", (_, dy, __, { axes }) => [
    transpose(dy, axes),
  ]),
];
