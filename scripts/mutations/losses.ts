import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const lossMutations: readonly Mutation[] = [
  shaderMutation(
    "bounds",
    "negativeLogLikelihood/serial",
    ["label < params.columns && ", ""],
    ["negativeLogLikelihood"],
  ),
  shaderMutation(
    "term",
    "negativeLogLikelihood/serial",
    [" && label != params.ignored", ""],
    ["negativeLogLikelihood"],
  ),
  shaderMutation(
    "sign",
    "negativeLogLikelihoodGradient/vec4",
    ["vec4<f32>(-classWeights[label]", "vec4<f32>(classWeights[label]"],
    ["negativeLogLikelihoodGradient"],
  ),
  shaderMutation(
    "term",
    "softTargetCrossEntropy/serial",
    ["fma(total_of(shares), rest,", "fma(1, rest,"],
    ["softTargetCrossEntropy"],
  ),
  shaderMutation(
    "clamp",
    "lib/softmax",
    ["finite_exp(values - top)", "finite_exp(values)"],
    ["softmaxCrossEntropy"],
  ),
  shaderMutation(
    "tail",
    "lib/softmax",
    ["select(vec4<f32>(), finite_exp(values - top), columns < vec4<u32>(count))", "finite_exp(values - top)"],
    ["softmaxCrossEntropy"],
  ),
  shaderMutation(
    "sign",
    "lib/softmax",
    ["powers / total - hot", "hot - powers / total"],
    ["softmaxCrossEntropyGradient"],
  ),
  shaderMutation(
    "bounds",
    "lib/softmax",
    ["vec4<bool>(label < count)", "vec4<bool>(true)"],
    ["softmaxCrossEntropyGradient"],
  ),
  shaderMutation(
    "bounds",
    "softmaxCrossEntropy/workgroup",
    ["label < params.columns", "label <= params.columns"],
    ["softmaxCrossEntropy"],
  ),
  shaderMutation(
    "constant",
    "weightedCrossEntropy/serial",
    ["params.smoothing / f32(params.columns)", "params.smoothing / f32(params.columns - 1)"],
    ["crossEntropy"],
  ),
  shaderMutation(
    "term",
    "weightedCrossEntropy/serial",
    ["(1 - params.smoothing) * own", "own"],
    ["crossEntropy"],
  ),
  shaderMutation(
    "term",
    "weightedCrossEntropy/serial",
    [" && label != params.ignored", ""],
    ["crossEntropy"],
  ),
  shaderMutation(
    "term",
    "weightedCrossEntropyGradient/vec4",
    ["hot + params.smoothing / f32(params.columns)", "hot"],
    ["weightedCrossEntropyGradient"],
  ),
  shaderMutation(
    "term",
    "elementwise/binaryCrossEntropyWithLogits",
    ["weight * t *", "t *"],
    ["binaryCrossEntropyWithLogits"],
  ),
  shaderMutation(
    "sign",
    "elementwise/binaryCrossEntropyWithLogits",
    ["finite_exp(-abs(x))", "finite_exp(-x)"],
    ["binaryCrossEntropyWithLogits"],
  ),
  shaderMutation(
    "clamp",
    "lib/huber",
    ["select(capped, -delta, capped < -delta)", "capped"],
    ["huberGradient"],
  ),
  shaderMutation("constant", "elementwise/huberError", ["0.5 * held", "held"], ["huberError"]),
  shaderMutation("order", "correct/serial", ["order > best", "order >= best"], ["correct"]),
  shaderMutation(
    "order",
    "labelRank/serial",
    ["order == own && c < label", "order == own && c > label"],
    ["labelRank"],
  ),
];
