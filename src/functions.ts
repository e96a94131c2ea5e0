/** Functions of tensors, for models and steps of one's own: `ops.matmul(a, b)`. */
export { accuracy } from "./ops/accuracy.ts";
export { adaptiveAveragePool2d, adaptiveMaxPool2d } from "./ops/adaptive_pooling.ts";
export { add } from "./ops/add.ts";
export { argmax } from "./ops/argmax.ts";
export { averagePool2d } from "./ops/averagePool2d.ts";
export { broadcastTo } from "./ops/broadcastTo.ts";
export { cast } from "./ops/cast.ts";
export { conv1d } from "./ops/conv1d.ts";
export { conv1dTranspose } from "./ops/conv1dTranspose.ts";
export { conv2d } from "./ops/conv2d.ts";
export { conv2dTranspose } from "./ops/conv2dTranspose.ts";
export { correct } from "./ops/correct.ts";
export { depthwiseConv2d } from "./ops/depthwiseConv2d.ts";
export { div } from "./ops/div.ts";
export { dot } from "./ops/dot.ts";
export { dropout } from "./ops/dropout.ts";
export { einsum } from "./ops/einsum.ts";
export { equal } from "./ops/equal.ts";
export { erf } from "./ops/erf.ts";
export { exp } from "./ops/exp.ts";
export { gelu } from "./ops/gelu.ts";
export {
  globalAveragePool1d,
  globalAveragePool2d,
  globalMaxPool1d,
  globalMaxPool2d,
} from "./ops/global_pooling.ts";
export { leakyRelu } from "./ops/leakyRelu.ts";
export { log } from "./ops/log.ts";
export { matmul } from "./ops/matmul.ts";
export { matvec } from "./ops/matvec.ts";
export { max } from "./ops/max.ts";
export { maxPool2d } from "./ops/maxPool2d.ts";
export { mean } from "./ops/mean.ts";
export { mul } from "./ops/mul.ts";
export { neg } from "./ops/neg.ts";
export { outer } from "./ops/outer.ts";
export { pack } from "./ops/pack.ts";
export {
  adaptiveAveragePool1d,
  adaptiveMaxPool1d,
  averagePool1d,
  maxPool1d,
} from "./ops/pooling_1d.ts";
export { reciprocal } from "./ops/reciprocal.ts";
export { record } from "./ops/record.ts";
export { relu } from "./ops/relu.ts";
export { reshape } from "./ops/reshape.ts";
export { resizeBilinear } from "./ops/resizeBilinear.ts";
export { resizeNearest } from "./ops/resizeNearest.ts";
export { sampleBatch } from "./ops/sampleBatch.ts";
export { sigmoid } from "./ops/sigmoid.ts";
export { silu } from "./ops/silu.ts";
export { softmax } from "./ops/softmax.ts";
export { softmaxCrossEntropy } from "./ops/softmaxCrossEntropy.ts";
export { sqrt } from "./ops/sqrt.ts";
export { square } from "./ops/square.ts";
export { sub } from "./ops/sub.ts";
export { sum } from "./ops/sum.ts";
export { tanh } from "./ops/tanh.ts";
export { transpose } from "./ops/transpose.ts";
