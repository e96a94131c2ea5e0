import type { Op } from "../graph/op.ts";
import { absOp } from "./abs.ts";
import { absoluteErrorOp } from "./absoluteError.ts";
import { adabeliefOp } from "./adabelief.ts";
import { adaboundOp } from "./adabound.ts";
import { adadeltaOp } from "./adadelta.ts";
import { adagradOp } from "./adagrad.ts";
import { adaHessianOp } from "./adaHessian.ts";
import { adamOp } from "./adam.ts";
import { adamaxOp } from "./adamax.ts";
import { adamWOp } from "./adamW.ts";
import { addOp } from "./add.ts";
import { addPenaltiesOp } from "./addPenalties.ts";
import { amsboundOp } from "./amsbound.ts";
import { amsgradOp } from "./amsgrad.ts";
import { arctanOp } from "./arctan.ts";
import { argmaxOp } from "./argmax.ts";
import { argmaxAmongOp } from "./argmaxAmong.ts";
import { argminOp } from "./argmin.ts";
import { averagePool2dOp } from "./averagePool2d.ts";
import { averagePool2dGradientOp } from "./averagePool2dGradient.ts";
import { batchIndicesOp } from "./batchIndices.ts";
import { binaryCrossEntropyWithLogitsOp } from "./binaryCrossEntropyWithLogits.ts";
import { binaryStepOp } from "./binaryStep.ts";
import { boundNormsOp } from "./boundNorms.ts";
import { broadcastIntegersOp } from "./broadcastIntegers.ts";
import { broadcastToOp } from "./broadcastTo.ts";
import { castOp } from "./cast.ts";
import { castIntegerOp } from "./castInteger.ts";
import { ceilOp } from "./ceil.ts";
import { clampOp } from "./clamp.ts";
import { clearGapsOp } from "./clearGaps.ts";
import { col2imOp } from "./col2im.ts";
import { concatOp } from "./concat.ts";
import { conv2dOp } from "./conv2d.ts";
import { conv2dFilterGradientOp } from "./conv2dFilterGradient.ts";
import { conv2dFilterGradientPartsOp } from "./conv2dFilterGradientParts.ts";
import { conv2dInputGradientOp } from "./conv2dInputGradient.ts";
import { correctOp } from "./correct.ts";
import { cumprodOp } from "./cumprod.ts";
import { cumsumOp } from "./cumsum.ts";
import { divOp } from "./div.ts";
import { dropoutOp } from "./dropout.ts";
import { eluOp } from "./elu.ts";
import { equalOp } from "./equal.ts";
import { erfOp } from "./erf.ts";
import { exchangeOp } from "./exchange.ts";
import { expOp } from "./exp.ts";
import { expm1Op } from "./expm1.ts";
import { finiteMaskOp } from "./finiteMask.ts";
import { flagNonFiniteOp } from "./flagNonFinite.ts";
import { floorOp } from "./floor.ts";
import { gatherOp } from "./gather.ts";
import { geluOp } from "./gelu.ts";
import { geluTanhOp } from "./geluTanh.ts";
import { gradientNoiseOp } from "./gradientNoise.ts";
import { hardSigmoidOp } from "./hardSigmoid.ts";
import { hardSwishOp } from "./hardSwish.ts";
import { hardTanhOp } from "./hardTanh.ts";
import { huberErrorOp } from "./huberError.ts";
import { huberGradientOp } from "./huberGradient.ts";
import { im2colOp } from "./im2col.ts";
import { labelRankOp } from "./labelRank.ts";
import { lambApplyOp } from "./lambApply.ts";
import { lambDirectionOp } from "./lambDirection.ts";
import { lbfgsCoefficientsOp } from "./lbfgsCoefficients.ts";
import { lbfgsDotsOp } from "./lbfgsDots.ts";
import { lbfgsStepOp } from "./lbfgsStep.ts";
import { lbfgsTrialsOp } from "./lbfgsTrials.ts";
import { leakyReluOp } from "./leakyRelu.ts";
import { lessOp } from "./less.ts";
import { lessEqualOp } from "./lessEqual.ts";
import { linearScanOp } from "./linearScan.ts";
import { lionOp } from "./lion.ts";
import { livingUnitsOp } from "./livingUnits.ts";
import { logOp } from "./log.ts";
import { log1pOp } from "./log1p.ts";
import { logSigmoidOp } from "./logSigmoid.ts";
import { logSoftmaxOp } from "./logSoftmax.ts";
import { logSumExpOp } from "./logSumExp.ts";
import { lookaheadOp } from "./lookahead.ts";
import { matmulOp } from "./matmul.ts";
import { maxOp } from "./max.ts";
import { maximumOp } from "./maximum.ts";
import { maxPool2dOp } from "./maxPool2d.ts";
import { maxPool2dGradientOp } from "./maxPool2dGradient.ts";
import { mergeMomentsOp } from "./mergeMoments.ts";
import { mergeRunsOp } from "./mergeRuns.ts";
import { minOp } from "./min.ts";
import { minimumOp } from "./minimum.ts";
import { mishOp } from "./mish.ts";
import { momentPartsOp } from "./momentParts.ts";
import { momentumOp } from "./momentum.ts";
import { movingAverageOp } from "./movingAverage.ts";
import { mulOp } from "./mul.ts";
import { nadamOp } from "./nadam.ts";
import { nanMaskOp } from "./nanMask.ts";
import { negOp } from "./neg.ts";
import { negativeLogLikelihoodOp } from "./negativeLogLikelihood.ts";
import { negativeLogLikelihoodGradientOp } from "./negativeLogLikelihoodGradient.ts";
import { normOp } from "./norm.ts";
import { normaliseOp } from "./normalise.ts";
import { normaliseGradientOp } from "./normaliseGradient.ts";
import { normaliseRowsOp } from "./normaliseRows.ts";
import { normaliseRowsGradientOp } from "./normaliseRowsGradient.ts";
import { normaliseSumsOp } from "./normaliseSums.ts";
import { notEqualOp } from "./notEqual.ts";
import { oneHotOp } from "./oneHot.ts";
import { packOp } from "./pack.ts";
import { padOp } from "./pad.ts";
import { padBorderOp } from "./padBorder.ts";
import { padBorderGradientOp } from "./padBorderGradient.ts";
import { parameterStatisticsOp } from "./parameterStatistics.ts";
import { partOp } from "./part.ts";
import { positiveOp } from "./positive.ts";
import { powOp } from "./pow.ts";
import { powerSumOp } from "./powerSum.ts";
import { preluOp } from "./prelu.ts";
import { productOp } from "./product.ts";
import { radamOp } from "./radam.ts";
import { randomBernoulliOp } from "./randomBernoulli.ts";
import { randomNormalOp } from "./randomNormal.ts";
import { randomPermutationOp } from "./randomPermutation.ts";
import { randomTruncatedNormalOp } from "./randomTruncatedNormal.ts";
import { randomUniformOp } from "./randomUniform.ts";
import { reciprocalOp } from "./reciprocal.ts";
import { recordOp } from "./record.ts";
import { reluOp } from "./relu.ts";
import { reshapeOp } from "./reshape.ts";
import { resizeBilinearOp } from "./resizeBilinear.ts";
import { resizeBilinearGradientOp } from "./resizeBilinearGradient.ts";
import { resizeNearestOp } from "./resizeNearest.ts";
import { resizeNearestGradientOp } from "./resizeNearestGradient.ts";
import { rmspropOp } from "./rmsprop.ts";
import { rmspropCentredOp } from "./rmspropCentred.ts";
import { rmspropMomentumOp } from "./rmspropMomentum.ts";
import { roundOp } from "./round.ts";
import { rsqrtOp } from "./rsqrt.ts";
import { runningMomentsOp } from "./runningMoments.ts";
import { sampleBatchOp } from "./sampleBatch.ts";
import { scatterAddOp } from "./scatterAdd.ts";
import { segmentStartsOp } from "./segmentStarts.ts";
import { segmentSumsOp } from "./segmentSums.ts";
import { sgdOp } from "./sgd.ts";
import { sigmoidOp } from "./sigmoid.ts";
import { signOp } from "./sign.ts";
import { siluOp } from "./silu.ts";
import { sinOp } from "./sin.ts";
import { sliceOp } from "./slice.ts";
import { softmaxOp } from "./softmax.ts";
import { softmaxCrossEntropyOp } from "./softmaxCrossEntropy.ts";
import { softmaxCrossEntropyGradientOp } from "./softmaxCrossEntropyGradient.ts";
import { softmaxCrossEntropyWithGradientOp } from "./softmaxCrossEntropyWithGradient.ts";
import { softplusOp } from "./softplus.ts";
import { softsignOp } from "./softsign.ts";
import { softTargetCrossEntropyOp } from "./softTargetCrossEntropy.ts";
import { sqrtOp } from "./sqrt.ts";
import { squareOp } from "./square.ts";
import { squaredDeviationsOp } from "./squaredDeviations.ts";
import { statisticsRowOp } from "./statisticsRow.ts";
import { stridedNormsOp } from "./stridedNorms.ts";
import { subOp } from "./sub.ts";
import { sumOp } from "./sum.ts";
import { swishOp } from "./swish.ts";
import { takeAlongAxisOp } from "./takeAlongAxis.ts";
import { takeAlongAxisGradientOp } from "./takeAlongAxisGradient.ts";
import { takeAtOp } from "./takeAt.ts";
import { tanhOp } from "./tanh.ts";
import { tensorStatisticsOp } from "./tensorStatistics.ts";
import { transposeOp } from "./transpose.ts";
import { triangleOp } from "./triangle.ts";
import { warpAffineOp } from "./warpAffine.ts";
import { weightedCrossEntropyOp } from "./weightedCrossEntropy.ts";
import { weightedCrossEntropyGradientOp } from "./weightedCrossEntropyGradient.ts";
import { whereOp } from "./where.ts";
import { winogradFilterOp } from "./winogradFilter.ts";
import { winogradFilterGradientOp } from "./winogradFilterGradient.ts";
import { winogradInputOp } from "./winogradInput.ts";
import { winogradInputGradientOp } from "./winogradInputGradient.ts";
import { winogradOutputOp } from "./winogradOutput.ts";
import { winogradOutputGradientOp } from "./winogradOutputGradient.ts";

/** Every op, for checks, gates and documentation; nothing at run time needs the list. One line an op. */
export const ops = {
  abs: absOp,
  absoluteError: absoluteErrorOp,
  adaHessian: adaHessianOp,
  adabelief: adabeliefOp,
  adabound: adaboundOp,
  adadelta: adadeltaOp,
  adagrad: adagradOp,
  adam: adamOp,
  adamW: adamWOp,
  adamax: adamaxOp,
  add: addOp,
  addPenalties: addPenaltiesOp,
  amsbound: amsboundOp,
  amsgrad: amsgradOp,
  arctan: arctanOp,
  argmax: argmaxOp,
  argmaxAmong: argmaxAmongOp,
  argmin: argminOp,
  averagePool2d: averagePool2dOp,
  averagePool2dGradient: averagePool2dGradientOp,
  batchIndices: batchIndicesOp,
  binaryCrossEntropyWithLogits: binaryCrossEntropyWithLogitsOp,
  binaryStep: binaryStepOp,
  boundNorms: boundNormsOp,
  broadcastIntegers: broadcastIntegersOp,
  broadcastTo: broadcastToOp,
  cast: castOp,
  castInteger: castIntegerOp,
  ceil: ceilOp,
  clamp: clampOp,
  clearGaps: clearGapsOp,
  col2im: col2imOp,
  concat: concatOp,
  conv2d: conv2dOp,
  conv2dFilterGradient: conv2dFilterGradientOp,
  conv2dFilterGradientParts: conv2dFilterGradientPartsOp,
  conv2dInputGradient: conv2dInputGradientOp,
  correct: correctOp,
  cumprod: cumprodOp,
  cumsum: cumsumOp,
  div: divOp,
  dropout: dropoutOp,
  elu: eluOp,
  equal: equalOp,
  erf: erfOp,
  exchange: exchangeOp,
  exp: expOp,
  expm1: expm1Op,
  finiteMask: finiteMaskOp,
  flagNonFinite: flagNonFiniteOp,
  floor: floorOp,
  gather: gatherOp,
  gelu: geluOp,
  geluTanh: geluTanhOp,
  gradientNoise: gradientNoiseOp,
  hardSigmoid: hardSigmoidOp,
  hardSwish: hardSwishOp,
  hardTanh: hardTanhOp,
  huberError: huberErrorOp,
  huberGradient: huberGradientOp,
  im2col: im2colOp,
  labelRank: labelRankOp,
  lambApply: lambApplyOp,
  lambDirection: lambDirectionOp,
  lbfgsCoefficients: lbfgsCoefficientsOp,
  lbfgsDots: lbfgsDotsOp,
  lbfgsStep: lbfgsStepOp,
  lbfgsTrials: lbfgsTrialsOp,
  leakyRelu: leakyReluOp,
  less: lessOp,
  lessEqual: lessEqualOp,
  linearScan: linearScanOp,
  lion: lionOp,
  livingUnits: livingUnitsOp,
  log: logOp,
  log1p: log1pOp,
  logSigmoid: logSigmoidOp,
  logSoftmax: logSoftmaxOp,
  logSumExp: logSumExpOp,
  lookahead: lookaheadOp,
  matmul: matmulOp,
  max: maxOp,
  maxPool2d: maxPool2dOp,
  maxPool2dGradient: maxPool2dGradientOp,
  maximum: maximumOp,
  mergeMoments: mergeMomentsOp,
  mergeRuns: mergeRunsOp,
  min: minOp,
  minimum: minimumOp,
  mish: mishOp,
  momentParts: momentPartsOp,
  momentum: momentumOp,
  movingAverage: movingAverageOp,
  mul: mulOp,
  nadam: nadamOp,
  nanMask: nanMaskOp,
  neg: negOp,
  negativeLogLikelihood: negativeLogLikelihoodOp,
  negativeLogLikelihoodGradient: negativeLogLikelihoodGradientOp,
  norm: normOp,
  normalise: normaliseOp,
  normaliseGradient: normaliseGradientOp,
  normaliseRows: normaliseRowsOp,
  normaliseRowsGradient: normaliseRowsGradientOp,
  normaliseSums: normaliseSumsOp,
  notEqual: notEqualOp,
  oneHot: oneHotOp,
  pack: packOp,
  pad: padOp,
  padBorder: padBorderOp,
  padBorderGradient: padBorderGradientOp,
  parameterStatistics: parameterStatisticsOp,
  part: partOp,
  positive: positiveOp,
  pow: powOp,
  powerSum: powerSumOp,
  prelu: preluOp,
  product: productOp,
  radam: radamOp,
  randomBernoulli: randomBernoulliOp,
  randomNormal: randomNormalOp,
  randomPermutation: randomPermutationOp,
  randomTruncatedNormal: randomTruncatedNormalOp,
  randomUniform: randomUniformOp,
  reciprocal: reciprocalOp,
  record: recordOp,
  relu: reluOp,
  reshape: reshapeOp,
  resizeBilinear: resizeBilinearOp,
  resizeBilinearGradient: resizeBilinearGradientOp,
  resizeNearest: resizeNearestOp,
  resizeNearestGradient: resizeNearestGradientOp,
  rmsprop: rmspropOp,
  rmspropCentred: rmspropCentredOp,
  rmspropMomentum: rmspropMomentumOp,
  round: roundOp,
  rsqrt: rsqrtOp,
  runningMoments: runningMomentsOp,
  sampleBatch: sampleBatchOp,
  scatterAdd: scatterAddOp,
  segmentStarts: segmentStartsOp,
  segmentSums: segmentSumsOp,
  sgd: sgdOp,
  sigmoid: sigmoidOp,
  sign: signOp,
  silu: siluOp,
  sin: sinOp,
  slice: sliceOp,
  softTargetCrossEntropy: softTargetCrossEntropyOp,
  softmax: softmaxOp,
  softmaxCrossEntropy: softmaxCrossEntropyOp,
  softmaxCrossEntropyGradient: softmaxCrossEntropyGradientOp,
  softmaxCrossEntropyWithGradient: softmaxCrossEntropyWithGradientOp,
  softplus: softplusOp,
  softsign: softsignOp,
  sqrt: sqrtOp,
  square: squareOp,
  squaredDeviations: squaredDeviationsOp,
  statisticsRow: statisticsRowOp,
  stridedNorms: stridedNormsOp,
  sub: subOp,
  sum: sumOp,
  swish: swishOp,
  takeAlongAxis: takeAlongAxisOp,
  takeAlongAxisGradient: takeAlongAxisGradientOp,
  takeAt: takeAtOp,
  tanh: tanhOp,
  tensorStatistics: tensorStatisticsOp,
  transpose: transposeOp,
  triangle: triangleOp,
  warpAffine: warpAffineOp,
  weightedCrossEntropy: weightedCrossEntropyOp,
  weightedCrossEntropyGradient: weightedCrossEntropyGradientOp,
  where: whereOp,
  winogradFilter: winogradFilterOp,
  winogradFilterGradient: winogradFilterGradientOp,
  winogradInput: winogradInputOp,
  winogradInputGradient: winogradInputGradientOp,
  winogradOutput: winogradOutputOp,
  winogradOutputGradient: winogradOutputGradientOp,
} as const satisfies Readonly<Record<string, Op<never>>>;
