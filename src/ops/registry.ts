import type { Op } from "../graph/op.ts";
import { adamOp } from "./adam.ts";
import { adamWOp } from "./adamW.ts";
import { addOp } from "./add.ts";
import { argmaxOp } from "./argmax.ts";
import { averagePool2dOp } from "./averagePool2d.ts";
import { averagePool2dGradientOp } from "./averagePool2dGradient.ts";
import { broadcastIntegersOp } from "./broadcastIntegers.ts";
import { broadcastToOp } from "./broadcastTo.ts";
import { col2imOp } from "./col2im.ts";
import { concatOp } from "./concat.ts";
import { conv2dOp } from "./conv2d.ts";
import { conv2dFilterGradientOp } from "./conv2dFilterGradient.ts";
import { conv2dFilterGradientPartsOp } from "./conv2dFilterGradientParts.ts";
import { conv2dInputGradientOp } from "./conv2dInputGradient.ts";
import { correctOp } from "./correct.ts";
import { divOp } from "./div.ts";
import { dropoutOp } from "./dropout.ts";
import { equalOp } from "./equal.ts";
import { erfOp } from "./erf.ts";
import { expOp } from "./exp.ts";
import { gatherOp } from "./gather.ts";
import { geluOp } from "./gelu.ts";
import { im2colOp } from "./im2col.ts";
import { leakyReluOp } from "./leakyRelu.ts";
import { logOp } from "./log.ts";
import { matmulOp } from "./matmul.ts";
import { maxOp } from "./max.ts";
import { maxPool2dOp } from "./maxPool2d.ts";
import { maxPool2dGradientOp } from "./maxPool2dGradient.ts";
import { mergeRunsOp } from "./mergeRuns.ts";
import { momentumOp } from "./momentum.ts";
import { mulOp } from "./mul.ts";
import { negOp } from "./neg.ts";
import { oneHotOp } from "./oneHot.ts";
import { packOp } from "./pack.ts";
import { padOp } from "./pad.ts";
import { padBorderOp } from "./padBorder.ts";
import { padBorderGradientOp } from "./padBorderGradient.ts";
import { positiveOp } from "./positive.ts";
import { reciprocalOp } from "./reciprocal.ts";
import { recordOp } from "./record.ts";
import { reluOp } from "./relu.ts";
import { reshapeOp } from "./reshape.ts";
import { sampleBatchOp } from "./sampleBatch.ts";
import { scatterAddOp } from "./scatterAdd.ts";
import { segmentStartsOp } from "./segmentStarts.ts";
import { sgdOp } from "./sgd.ts";
import { sigmoidOp } from "./sigmoid.ts";
import { siluOp } from "./silu.ts";
import { sliceOp } from "./slice.ts";
import { softmaxOp } from "./softmax.ts";
import { softmaxCrossEntropyOp } from "./softmaxCrossEntropy.ts";
import { softmaxCrossEntropyGradientOp } from "./softmaxCrossEntropyGradient.ts";
import { softmaxCrossEntropyWithGradientOp } from "./softmaxCrossEntropyWithGradient.ts";
import { sqrtOp } from "./sqrt.ts";
import { squareOp } from "./square.ts";
import { subOp } from "./sub.ts";
import { sumOp } from "./sum.ts";
import { takeAlongAxisOp } from "./takeAlongAxis.ts";
import { takeAlongAxisGradientOp } from "./takeAlongAxisGradient.ts";
import { takeAtOp } from "./takeAt.ts";
import { tanhOp } from "./tanh.ts";
import { transposeOp } from "./transpose.ts";
import { triangleOp } from "./triangle.ts";
import { winogradFilterOp } from "./winogradFilter.ts";
import { winogradFilterGradientOp } from "./winogradFilterGradient.ts";
import { winogradInputOp } from "./winogradInput.ts";
import { winogradInputGradientOp } from "./winogradInputGradient.ts";
import { winogradOutputOp } from "./winogradOutput.ts";
import { winogradOutputGradientOp } from "./winogradOutputGradient.ts";

/** Every op, for checks, gates and documentation; nothing at run time needs the list. One line an op. */
export const ops = {
  adam: adamOp,
  adamW: adamWOp,
  add: addOp,
  argmax: argmaxOp,
  averagePool2d: averagePool2dOp,
  averagePool2dGradient: averagePool2dGradientOp,
  broadcastIntegers: broadcastIntegersOp,
  broadcastTo: broadcastToOp,
  col2im: col2imOp,
  concat: concatOp,
  conv2d: conv2dOp,
  conv2dFilterGradient: conv2dFilterGradientOp,
  conv2dFilterGradientParts: conv2dFilterGradientPartsOp,
  conv2dInputGradient: conv2dInputGradientOp,
  correct: correctOp,
  div: divOp,
  dropout: dropoutOp,
  equal: equalOp,
  erf: erfOp,
  exp: expOp,
  gather: gatherOp,
  gelu: geluOp,
  im2col: im2colOp,
  leakyRelu: leakyReluOp,
  log: logOp,
  matmul: matmulOp,
  max: maxOp,
  maxPool2d: maxPool2dOp,
  maxPool2dGradient: maxPool2dGradientOp,
  mergeRuns: mergeRunsOp,
  momentum: momentumOp,
  mul: mulOp,
  neg: negOp,
  oneHot: oneHotOp,
  pack: packOp,
  pad: padOp,
  padBorder: padBorderOp,
  padBorderGradient: padBorderGradientOp,
  positive: positiveOp,
  reciprocal: reciprocalOp,
  record: recordOp,
  relu: reluOp,
  reshape: reshapeOp,
  sampleBatch: sampleBatchOp,
  scatterAdd: scatterAddOp,
  segmentStarts: segmentStartsOp,
  sgd: sgdOp,
  sigmoid: sigmoidOp,
  silu: siluOp,
  slice: sliceOp,
  softmax: softmaxOp,
  softmaxCrossEntropy: softmaxCrossEntropyOp,
  softmaxCrossEntropyGradient: softmaxCrossEntropyGradientOp,
  softmaxCrossEntropyWithGradient: softmaxCrossEntropyWithGradientOp,
  sqrt: sqrtOp,
  square: squareOp,
  sub: subOp,
  sum: sumOp,
  takeAlongAxis: takeAlongAxisOp,
  takeAlongAxisGradient: takeAlongAxisGradientOp,
  takeAt: takeAtOp,
  tanh: tanhOp,
  transpose: transposeOp,
  triangle: triangleOp,
  winogradFilter: winogradFilterOp,
  winogradFilterGradient: winogradFilterGradientOp,
  winogradInput: winogradInputOp,
  winogradInputGradient: winogradInputGradientOp,
  winogradOutput: winogradOutputOp,
  winogradOutputGradient: winogradOutputGradientOp,
} as const satisfies Readonly<Record<string, Op<never>>>;
