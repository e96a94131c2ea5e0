import type { Op } from "../graph/op.ts";
import { adamOp } from "./adam.ts";
import { adamWOp } from "./adamW.ts";
import { addOp } from "./add.ts";
import { argmaxOp } from "./argmax.ts";
import { argmaxAmongOp } from "./argmaxAmong.ts";
import { argminOp } from "./argmin.ts";
import { averagePool2dOp } from "./averagePool2d.ts";
import { averagePool2dGradientOp } from "./averagePool2dGradient.ts";
import { broadcastToOp } from "./broadcastTo.ts";
import { col2imOp } from "./col2im.ts";
import { conv2dOp } from "./conv2d.ts";
import { conv2dFilterGradientOp } from "./conv2dFilterGradient.ts";
import { conv2dFilterGradientPartsOp } from "./conv2dFilterGradientParts.ts";
import { conv2dInputGradientOp } from "./conv2dInputGradient.ts";
import { correctOp } from "./correct.ts";
import { cumprodOp } from "./cumprod.ts";
import { cumsumOp } from "./cumsum.ts";
import { divOp } from "./div.ts";
import { dropoutOp } from "./dropout.ts";
import { equalOp } from "./equal.ts";
import { erfOp } from "./erf.ts";
import { expOp } from "./exp.ts";
import { geluOp } from "./gelu.ts";
import { im2colOp } from "./im2col.ts";
import { leakyReluOp } from "./leakyRelu.ts";
import { linearScanOp } from "./linearScan.ts";
import { logOp } from "./log.ts";
import { logSoftmaxOp } from "./logSoftmax.ts";
import { logSumExpOp } from "./logSumExp.ts";
import { matmulOp } from "./matmul.ts";
import { maxOp } from "./max.ts";
import { maxPool2dOp } from "./maxPool2d.ts";
import { maxPool2dGradientOp } from "./maxPool2dGradient.ts";
import { minOp } from "./min.ts";
import { momentumOp } from "./momentum.ts";
import { mulOp } from "./mul.ts";
import { negOp } from "./neg.ts";
import { normOp } from "./norm.ts";
import { packOp } from "./pack.ts";
import { positiveOp } from "./positive.ts";
import { powerSumOp } from "./powerSum.ts";
import { productOp } from "./product.ts";
import { reciprocalOp } from "./reciprocal.ts";
import { recordOp } from "./record.ts";
import { reluOp } from "./relu.ts";
import { reshapeOp } from "./reshape.ts";
import { sampleBatchOp } from "./sampleBatch.ts";
import { sgdOp } from "./sgd.ts";
import { sigmoidOp } from "./sigmoid.ts";
import { siluOp } from "./silu.ts";
import { softmaxOp } from "./softmax.ts";
import { softmaxCrossEntropyOp } from "./softmaxCrossEntropy.ts";
import { softmaxCrossEntropyGradientOp } from "./softmaxCrossEntropyGradient.ts";
import { softmaxCrossEntropyWithGradientOp } from "./softmaxCrossEntropyWithGradient.ts";
import { sqrtOp } from "./sqrt.ts";
import { squareOp } from "./square.ts";
import { squaredDeviationsOp } from "./squaredDeviations.ts";
import { subOp } from "./sub.ts";
import { sumOp } from "./sum.ts";
import { takeAtOp } from "./takeAt.ts";
import { tanhOp } from "./tanh.ts";
import { transposeOp } from "./transpose.ts";
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
  argmaxAmong: argmaxAmongOp,
  argmin: argminOp,
  averagePool2d: averagePool2dOp,
  averagePool2dGradient: averagePool2dGradientOp,
  broadcastTo: broadcastToOp,
  col2im: col2imOp,
  conv2d: conv2dOp,
  conv2dFilterGradient: conv2dFilterGradientOp,
  conv2dFilterGradientParts: conv2dFilterGradientPartsOp,
  conv2dInputGradient: conv2dInputGradientOp,
  correct: correctOp,
  cumprod: cumprodOp,
  cumsum: cumsumOp,
  div: divOp,
  dropout: dropoutOp,
  equal: equalOp,
  erf: erfOp,
  exp: expOp,
  gelu: geluOp,
  im2col: im2colOp,
  leakyRelu: leakyReluOp,
  linearScan: linearScanOp,
  log: logOp,
  logSoftmax: logSoftmaxOp,
  logSumExp: logSumExpOp,
  matmul: matmulOp,
  max: maxOp,
  maxPool2d: maxPool2dOp,
  maxPool2dGradient: maxPool2dGradientOp,
  min: minOp,
  momentum: momentumOp,
  mul: mulOp,
  neg: negOp,
  norm: normOp,
  pack: packOp,
  positive: positiveOp,
  powerSum: powerSumOp,
  product: productOp,
  reciprocal: reciprocalOp,
  record: recordOp,
  relu: reluOp,
  reshape: reshapeOp,
  sampleBatch: sampleBatchOp,
  sgd: sgdOp,
  sigmoid: sigmoidOp,
  silu: siluOp,
  softmax: softmaxOp,
  softmaxCrossEntropy: softmaxCrossEntropyOp,
  softmaxCrossEntropyGradient: softmaxCrossEntropyGradientOp,
  softmaxCrossEntropyWithGradient: softmaxCrossEntropyWithGradientOp,
  sqrt: sqrtOp,
  square: squareOp,
  squaredDeviations: squaredDeviationsOp,
  sub: subOp,
  sum: sumOp,
  takeAt: takeAtOp,
  tanh: tanhOp,
  transpose: transposeOp,
  winogradFilter: winogradFilterOp,
  winogradFilterGradient: winogradFilterGradientOp,
  winogradInput: winogradInputOp,
  winogradInputGradient: winogradInputGradientOp,
  winogradOutput: winogradOutputOp,
  winogradOutputGradient: winogradOutputGradientOp,
} as const satisfies Readonly<Record<string, Op<never>>>;
