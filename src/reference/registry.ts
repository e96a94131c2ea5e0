import * as adam from "./adam.ts";
import * as adamW from "./adamW.ts";
import * as add from "./add.ts";
import * as argmax from "./argmax.ts";
import * as argmaxAmong from "./argmaxAmong.ts";
import * as argmin from "./argmin.ts";
import * as averagePool2d from "./averagePool2d.ts";
import * as averagePool2dGradient from "./averagePool2dGradient.ts";
import * as broadcastTo from "./broadcastTo.ts";
import * as col2im from "./col2im.ts";
import * as conv2d from "./conv2d.ts";
import * as conv2dFilterGradient from "./conv2dFilterGradient.ts";
import * as conv2dFilterGradientParts from "./conv2dFilterGradientParts.ts";
import * as conv2dInputGradient from "./conv2dInputGradient.ts";
import * as correct from "./correct.ts";
import * as cumprod from "./cumprod.ts";
import * as cumsum from "./cumsum.ts";
import * as div from "./div.ts";
import * as dropout from "./dropout.ts";
import * as equal from "./equal.ts";
import * as erf from "./erf.ts";
import * as exp from "./exp.ts";
import * as gelu from "./gelu.ts";
import * as im2col from "./im2col.ts";
import * as leakyRelu from "./leakyRelu.ts";
import * as linearScan from "./linearScan.ts";
import * as log from "./log.ts";
import * as logSoftmax from "./logSoftmax.ts";
import * as logSumExp from "./logSumExp.ts";
import * as matmul from "./matmul.ts";
import * as max from "./max.ts";
import * as maxPool2d from "./maxPool2d.ts";
import * as maxPool2dGradient from "./maxPool2dGradient.ts";
import * as min from "./min.ts";
import * as momentum from "./momentum.ts";
import * as mul from "./mul.ts";
import * as neg from "./neg.ts";
import * as norm from "./norm.ts";
import * as pack from "./pack.ts";
import * as positive from "./positive.ts";
import * as powerSum from "./powerSum.ts";
import * as product from "./product.ts";
import * as reciprocal from "./reciprocal.ts";
import * as record from "./record.ts";
import type { Reference, ScalarReference } from "./reference.ts";
import * as relu from "./relu.ts";
import * as reshape from "./reshape.ts";
import * as sampleBatch from "./sampleBatch.ts";
import * as sgd from "./sgd.ts";
import * as sigmoid from "./sigmoid.ts";
import * as silu from "./silu.ts";
import * as softmax from "./softmax.ts";
import * as softmaxCrossEntropy from "./softmaxCrossEntropy.ts";
import * as softmaxCrossEntropyGradient from "./softmaxCrossEntropyGradient.ts";
import * as softmaxCrossEntropyWithGradient from "./softmaxCrossEntropyWithGradient.ts";
import * as sqrt from "./sqrt.ts";
import * as square from "./square.ts";
import * as squaredDeviations from "./squaredDeviations.ts";
import * as sub from "./sub.ts";
import * as sum from "./sum.ts";
import * as takeAt from "./takeAt.ts";
import * as tanh from "./tanh.ts";
import * as transpose from "./transpose.ts";
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
  adam,
  adamW,
  add,
  argmax,
  argmaxAmong,
  argmin,
  averagePool2d,
  averagePool2dGradient,
  broadcastTo,
  col2im,
  conv2d,
  conv2dFilterGradient,
  conv2dFilterGradientParts,
  conv2dInputGradient,
  correct,
  cumprod,
  cumsum,
  div,
  dropout,
  equal,
  erf,
  exp,
  gelu,
  im2col,
  leakyRelu,
  linearScan,
  log,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maxPool2d,
  maxPool2dGradient,
  min,
  momentum,
  mul,
  neg,
  norm,
  pack,
  positive,
  powerSum,
  product,
  reciprocal,
  record,
  relu,
  reshape,
  sampleBatch,
  sgd,
  sigmoid,
  silu,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  softmaxCrossEntropyWithGradient,
  sqrt,
  square,
  squaredDeviations,
  sub,
  sum,
  takeAt,
  tanh,
  transpose,
  winogradFilter,
  winogradFilterGradient,
  winogradInput,
  winogradInputGradient,
  winogradOutput,
  winogradOutputGradient,
};
