/** Functions of tensors, for models and steps of one's own: `ops.matmul(a, b)`. */
export { abs } from "./ops/abs.ts";
export { accuracy } from "./ops/accuracy.ts";
export { adaptiveAveragePool2d, adaptiveMaxPool2d } from "./ops/adaptive_pooling.ts";
export { add } from "./ops/add.ts";
export { alphaDropout } from "./ops/alphaDropout.ts";
export { arctan } from "./ops/arctan.ts";
export { argmax } from "./ops/argmax.ts";
export { averagePool2d } from "./ops/averagePool2d.ts";
export { batchNorm } from "./ops/batchNorm.ts";
export { binaryCrossEntropyWithLogits } from "./ops/binaryCrossEntropyWithLogits.ts";
export { binaryStep } from "./ops/binaryStep.ts";
export { broadcastTo } from "./ops/broadcastTo.ts";
export { cast } from "./ops/cast.ts";
export { ceil } from "./ops/ceil.ts";
export { celu } from "./ops/celu.ts";
export { channelDropout } from "./ops/channelDropout.ts";
export { clamp } from "./ops/clamp.ts";
export { conv1d } from "./ops/conv1d.ts";
export { conv1dTranspose } from "./ops/conv1dTranspose.ts";
export { conv2d } from "./ops/conv2d.ts";
export { conv2dTranspose } from "./ops/conv2dTranspose.ts";
export { correct } from "./ops/correct.ts";
export { cos } from "./ops/cos.ts";
export { cosineDistance, cosineEmbedding, cosineSimilarity } from "./ops/cosineSimilarity.ts";
export { crossEntropy } from "./ops/crossEntropy.ts";
export { depthwiseConv2d } from "./ops/depthwiseConv2d.ts";
export { div } from "./ops/div.ts";
export { dot } from "./ops/dot.ts";
export { dropout } from "./ops/dropout.ts";
export { einsum } from "./ops/einsum.ts";
export { elu } from "./ops/elu.ts";
export { equal } from "./ops/equal.ts";
export { erf } from "./ops/erf.ts";
export { exp } from "./ops/exp.ts";
export { expm1 } from "./ops/expm1.ts";
export { finiteMask as isFinite } from "./ops/finiteMask.ts";
export { floor } from "./ops/floor.ts";
export { gelu } from "./ops/gelu.ts";
export {
  globalAveragePool1d,
  globalAveragePool2d,
  globalMaxPool1d,
  globalMaxPool2d,
} from "./ops/global_pooling.ts";
export { greater } from "./ops/greater.ts";
export { greaterEqual } from "./ops/greaterEqual.ts";
export { groupNorm } from "./ops/groupNorm.ts";
export { hardSigmoid } from "./ops/hardSigmoid.ts";
export { hardSwish } from "./ops/hardSwish.ts";
export { hardTanh } from "./ops/hardTanh.ts";
export { hinge, squaredHinge } from "./ops/hinge.ts";
export { huber, smoothL1 } from "./ops/huber.ts";
export { instanceNorm } from "./ops/instanceNorm.ts";
export { klDivergence } from "./ops/klDivergence.ts";
export { layerNorm } from "./ops/layerNorm.ts";
export { leakyRelu } from "./ops/leakyRelu.ts";
export { less } from "./ops/less.ts";
export { lessEqual } from "./ops/lessEqual.ts";
export { linear } from "./ops/linear.ts";
export { log } from "./ops/log.ts";
export { log1p } from "./ops/log1p.ts";
export { logSigmoid } from "./ops/logSigmoid.ts";
export { matmul } from "./ops/matmul.ts";
export { matvec } from "./ops/matvec.ts";
export { max } from "./ops/max.ts";
export { maximum } from "./ops/maximum.ts";
export { maxPool2d } from "./ops/maxPool2d.ts";
export { mean } from "./ops/mean.ts";
export { meanAbsoluteError } from "./ops/meanAbsoluteError.ts";
export { meanSquaredError } from "./ops/meanSquaredError.ts";
export { minimum } from "./ops/minimum.ts";
export { mish } from "./ops/mish.ts";
export { mul } from "./ops/mul.ts";
export { nanMask as isNaN } from "./ops/nanMask.ts";
export { neg } from "./ops/neg.ts";
export { negativeLogLikelihood } from "./ops/negativeLogLikelihood.ts";
export { notEqual } from "./ops/notEqual.ts";
export { outer } from "./ops/outer.ts";
export { pack } from "./ops/pack.ts";
export {
  adaptiveAveragePool1d,
  adaptiveMaxPool1d,
  averagePool1d,
  maxPool1d,
} from "./ops/pooling_1d.ts";
export { pow } from "./ops/pow.ts";
export { prelu } from "./ops/prelu.ts";
export { reciprocal } from "./ops/reciprocal.ts";
export { record } from "./ops/record.ts";
export { relu } from "./ops/relu.ts";
export { relu6 } from "./ops/relu6.ts";
export { reshape } from "./ops/reshape.ts";
export { resizeBilinear } from "./ops/resizeBilinear.ts";
export { resizeNearest } from "./ops/resizeNearest.ts";
export { rmsNorm } from "./ops/rmsNorm.ts";
export { round } from "./ops/round.ts";
export { rsqrt } from "./ops/rsqrt.ts";
export { sampleBatch } from "./ops/sampleBatch.ts";
export { selu } from "./ops/selu.ts";
export { sigmoid } from "./ops/sigmoid.ts";
export { sign } from "./ops/sign.ts";
export { silu } from "./ops/silu.ts";
export { sin } from "./ops/sin.ts";
export { softmax } from "./ops/softmax.ts";
export { softmaxCrossEntropy } from "./ops/softmaxCrossEntropy.ts";
export { softplus } from "./ops/softplus.ts";
export { softsign } from "./ops/softsign.ts";
export { sqrt } from "./ops/sqrt.ts";
export { square } from "./ops/square.ts";
export { sub } from "./ops/sub.ts";
export { sum } from "./ops/sum.ts";
export { swish } from "./ops/swish.ts";
export { tanh } from "./ops/tanh.ts";
export { transpose } from "./ops/transpose.ts";
export { weightNorm } from "./ops/weightNorm.ts";
export { where } from "./ops/where.ts";
