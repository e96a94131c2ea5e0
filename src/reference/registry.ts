import * as abs from "./abs.ts";
import * as absoluteError from "./absoluteError.ts";
import * as adabelief from "./adabelief.ts";
import * as adabound from "./adabound.ts";
import * as adadelta from "./adadelta.ts";
import * as adagrad from "./adagrad.ts";
import * as adaHessian from "./adaHessian.ts";
import * as adam from "./adam.ts";
import * as adamax from "./adamax.ts";
import * as adamW from "./adamW.ts";
import * as add from "./add.ts";
import * as addPenalties from "./addPenalties.ts";
import * as amsbound from "./amsbound.ts";
import * as amsgrad from "./amsgrad.ts";
import * as arctan from "./arctan.ts";
import * as argmax from "./argmax.ts";
import * as argmaxAmong from "./argmaxAmong.ts";
import * as argmin from "./argmin.ts";
import * as averagePool2d from "./averagePool2d.ts";
import * as averagePool2dGradient from "./averagePool2dGradient.ts";
import * as batchIndices from "./batchIndices.ts";
import * as binaryCrossEntropyWithLogits from "./binaryCrossEntropyWithLogits.ts";
import * as binaryStep from "./binaryStep.ts";
import * as boundNorms from "./boundNorms.ts";
import * as broadcastIntegers from "./broadcastIntegers.ts";
import * as broadcastTo from "./broadcastTo.ts";
import * as cast from "./cast.ts";
import * as castInteger from "./castInteger.ts";
import * as ceil from "./ceil.ts";
import * as clamp from "./clamp.ts";
import * as clearGaps from "./clearGaps.ts";
import * as col2im from "./col2im.ts";
import * as concat from "./concat.ts";
import * as conv2d from "./conv2d.ts";
import * as conv2dFilterGradient from "./conv2dFilterGradient.ts";
import * as conv2dFilterGradientParts from "./conv2dFilterGradientParts.ts";
import * as conv2dInputGradient from "./conv2dInputGradient.ts";
import * as correct from "./correct.ts";
import * as cumprod from "./cumprod.ts";
import * as cumsum from "./cumsum.ts";
import * as div from "./div.ts";
import * as dropout from "./dropout.ts";
import * as elu from "./elu.ts";
import * as equal from "./equal.ts";
import * as erf from "./erf.ts";
import * as exchange from "./exchange.ts";
import * as exp from "./exp.ts";
import * as expm1 from "./expm1.ts";
import * as finiteMask from "./finiteMask.ts";
import * as flagNonFinite from "./flagNonFinite.ts";
import * as floor from "./floor.ts";
import * as gather from "./gather.ts";
import * as gelu from "./gelu.ts";
import * as geluTanh from "./geluTanh.ts";
import * as gradientNoise from "./gradientNoise.ts";
import * as hardSigmoid from "./hardSigmoid.ts";
import * as hardSwish from "./hardSwish.ts";
import * as hardTanh from "./hardTanh.ts";
import * as huberError from "./huberError.ts";
import * as huberGradient from "./huberGradient.ts";
import * as im2col from "./im2col.ts";
import * as labelRank from "./labelRank.ts";
import * as lambApply from "./lambApply.ts";
import * as lambDirection from "./lambDirection.ts";
import * as lbfgsCoefficients from "./lbfgsCoefficients.ts";
import * as lbfgsDots from "./lbfgsDots.ts";
import * as lbfgsStep from "./lbfgsStep.ts";
import * as lbfgsTrials from "./lbfgsTrials.ts";
import * as leakyRelu from "./leakyRelu.ts";
import * as less from "./less.ts";
import * as lessEqual from "./lessEqual.ts";
import * as linearScan from "./linearScan.ts";
import * as lion from "./lion.ts";
import * as livingUnits from "./livingUnits.ts";
import * as log from "./log.ts";
import * as log1p from "./log1p.ts";
import * as logSigmoid from "./logSigmoid.ts";
import * as logSoftmax from "./logSoftmax.ts";
import * as logSumExp from "./logSumExp.ts";
import * as lookahead from "./lookahead.ts";
import * as matmul from "./matmul.ts";
import * as max from "./max.ts";
import * as maximum from "./maximum.ts";
import * as maxPool2d from "./maxPool2d.ts";
import * as maxPool2dGradient from "./maxPool2dGradient.ts";
import * as mergeMoments from "./mergeMoments.ts";
import * as mergeRuns from "./mergeRuns.ts";
import * as min from "./min.ts";
import * as minimum from "./minimum.ts";
import * as mish from "./mish.ts";
import * as momentParts from "./momentParts.ts";
import * as momentum from "./momentum.ts";
import * as movingAverage from "./movingAverage.ts";
import * as mul from "./mul.ts";
import * as nadam from "./nadam.ts";
import * as nanMask from "./nanMask.ts";
import * as neg from "./neg.ts";
import * as negativeLogLikelihood from "./negativeLogLikelihood.ts";
import * as negativeLogLikelihoodGradient from "./negativeLogLikelihoodGradient.ts";
import * as norm from "./norm.ts";
import * as normalise from "./normalise.ts";
import * as normaliseGradient from "./normaliseGradient.ts";
import * as normaliseRows from "./normaliseRows.ts";
import * as normaliseRowsGradient from "./normaliseRowsGradient.ts";
import * as normaliseSums from "./normaliseSums.ts";
import * as notEqual from "./notEqual.ts";
import * as oneHot from "./oneHot.ts";
import * as pack from "./pack.ts";
import * as pad from "./pad.ts";
import * as padBorder from "./padBorder.ts";
import * as padBorderGradient from "./padBorderGradient.ts";
import * as parameterStatistics from "./parameterStatistics.ts";
import * as part from "./part.ts";
import * as positive from "./positive.ts";
import * as pow from "./pow.ts";
import * as powerSum from "./powerSum.ts";
import * as prelu from "./prelu.ts";
import * as product from "./product.ts";
import * as radam from "./radam.ts";
import * as randomBernoulli from "./randomBernoulli.ts";
import * as randomNormal from "./randomNormal.ts";
import * as randomPermutation from "./randomPermutation.ts";
import * as randomTruncatedNormal from "./randomTruncatedNormal.ts";
import * as randomUniform from "./randomUniform.ts";
import * as reciprocal from "./reciprocal.ts";
import * as record from "./record.ts";
import type { Reference, ScalarReference } from "./reference.ts";
import * as relu from "./relu.ts";
import * as reshape from "./reshape.ts";
import * as resizeBilinear from "./resizeBilinear.ts";
import * as resizeBilinearGradient from "./resizeBilinearGradient.ts";
import * as resizeNearest from "./resizeNearest.ts";
import * as resizeNearestGradient from "./resizeNearestGradient.ts";
import * as rmsprop from "./rmsprop.ts";
import * as rmspropCentred from "./rmspropCentred.ts";
import * as rmspropMomentum from "./rmspropMomentum.ts";
import * as round from "./round.ts";
import * as rsqrt from "./rsqrt.ts";
import * as runningMoments from "./runningMoments.ts";
import * as sampleBatch from "./sampleBatch.ts";
import * as scatterAdd from "./scatterAdd.ts";
import * as segmentStarts from "./segmentStarts.ts";
import * as segmentSums from "./segmentSums.ts";
import * as sgd from "./sgd.ts";
import * as sigmoid from "./sigmoid.ts";
import * as sign from "./sign.ts";
import * as silu from "./silu.ts";
import * as sin from "./sin.ts";
import * as slice from "./slice.ts";
import * as softmax from "./softmax.ts";
import * as softmaxCrossEntropy from "./softmaxCrossEntropy.ts";
import * as softmaxCrossEntropyGradient from "./softmaxCrossEntropyGradient.ts";
import * as softmaxCrossEntropyWithGradient from "./softmaxCrossEntropyWithGradient.ts";
import * as softplus from "./softplus.ts";
import * as softsign from "./softsign.ts";
import * as softTargetCrossEntropy from "./softTargetCrossEntropy.ts";
import * as sqrt from "./sqrt.ts";
import * as square from "./square.ts";
import * as squaredDeviations from "./squaredDeviations.ts";
import * as statisticsRow from "./statisticsRow.ts";
import * as stridedNorms from "./stridedNorms.ts";
import * as sub from "./sub.ts";
import * as sum from "./sum.ts";
import * as swish from "./swish.ts";
import * as takeAlongAxis from "./takeAlongAxis.ts";
import * as takeAlongAxisGradient from "./takeAlongAxisGradient.ts";
import * as takeAt from "./takeAt.ts";
import * as tanh from "./tanh.ts";
import * as tensorStatistics from "./tensorStatistics.ts";
import * as transpose from "./transpose.ts";
import * as triangle from "./triangle.ts";
import * as warpAffine from "./warpAffine.ts";
import * as weightedCrossEntropy from "./weightedCrossEntropy.ts";
import * as weightedCrossEntropyGradient from "./weightedCrossEntropyGradient.ts";
import * as where from "./where.ts";
import * as winogradFilter from "./winogradFilter.ts";
import * as winogradFilterGradient from "./winogradFilterGradient.ts";
import * as winogradInput from "./winogradInput.ts";
import * as winogradInputGradient from "./winogradInputGradient.ts";
import * as winogradOutput from "./winogradOutput.ts";
import * as winogradOutputGradient from "./winogradOutputGradient.ts";

/** An op's reference: a function of tensors, or for elementwise ops a function of numbers. */
export type ReferenceModule = { readonly reference: Reference<never> } | { readonly scalar: ScalarReference };

/** The reference of every op, under the op's name. One line an op. */
export const references: Readonly<Record<string, ReferenceModule>> = {
  abs,
  absoluteError,
  adaHessian,
  adabelief,
  adabound,
  adadelta,
  adagrad,
  adam,
  adamW,
  adamax,
  add,
  addPenalties,
  amsbound,
  amsgrad,
  arctan,
  argmax,
  argmaxAmong,
  argmin,
  averagePool2d,
  averagePool2dGradient,
  batchIndices,
  binaryCrossEntropyWithLogits,
  binaryStep,
  boundNorms,
  broadcastIntegers,
  broadcastTo,
  cast,
  castInteger,
  ceil,
  clamp,
  clearGaps,
  col2im,
  concat,
  conv2d,
  conv2dFilterGradient,
  conv2dFilterGradientParts,
  conv2dInputGradient,
  correct,
  cumprod,
  cumsum,
  div,
  dropout,
  elu,
  equal,
  erf,
  exchange,
  exp,
  expm1,
  finiteMask,
  flagNonFinite,
  floor,
  gather,
  gelu,
  geluTanh,
  gradientNoise,
  hardSigmoid,
  hardSwish,
  hardTanh,
  huberError,
  huberGradient,
  im2col,
  labelRank,
  lambApply,
  lambDirection,
  lbfgsCoefficients,
  lbfgsDots,
  lbfgsStep,
  lbfgsTrials,
  leakyRelu,
  less,
  lessEqual,
  linearScan,
  lion,
  livingUnits,
  log,
  log1p,
  logSigmoid,
  logSoftmax,
  logSumExp,
  lookahead,
  matmul,
  max,
  maxPool2d,
  maxPool2dGradient,
  maximum,
  mergeMoments,
  mergeRuns,
  min,
  minimum,
  mish,
  momentParts,
  momentum,
  movingAverage,
  mul,
  nadam,
  nanMask,
  neg,
  negativeLogLikelihood,
  negativeLogLikelihoodGradient,
  norm,
  normalise,
  normaliseGradient,
  normaliseRows,
  normaliseRowsGradient,
  normaliseSums,
  notEqual,
  oneHot,
  pack,
  pad,
  padBorder,
  padBorderGradient,
  parameterStatistics,
  part,
  positive,
  pow,
  powerSum,
  prelu,
  product,
  radam,
  randomBernoulli,
  randomNormal,
  randomPermutation,
  randomTruncatedNormal,
  randomUniform,
  reciprocal,
  record,
  relu,
  reshape,
  resizeBilinear,
  resizeBilinearGradient,
  resizeNearest,
  resizeNearestGradient,
  rmsprop,
  rmspropCentred,
  rmspropMomentum,
  round,
  rsqrt,
  runningMoments,
  sampleBatch,
  scatterAdd,
  segmentStarts,
  segmentSums,
  sgd,
  sigmoid,
  sign,
  silu,
  sin,
  slice,
  softTargetCrossEntropy,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  softmaxCrossEntropyWithGradient,
  softplus,
  softsign,
  sqrt,
  square,
  squaredDeviations,
  statisticsRow,
  stridedNorms,
  sub,
  sum,
  swish,
  takeAlongAxis,
  takeAlongAxisGradient,
  takeAt,
  tanh,
  tensorStatistics,
  transpose,
  triangle,
  warpAffine,
  weightedCrossEntropy,
  weightedCrossEntropyGradient,
  where,
  winogradFilter,
  winogradFilterGradient,
  winogradInput,
  winogradInputGradient,
  winogradOutput,
  winogradOutputGradient,
};
