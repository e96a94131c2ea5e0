import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const normalisationMutations: readonly Mutation[] = [
  shaderMutation(
    "constant",
    "normaliseRows/serial",
    ["inverseSqrt(spread + params.epsilon)", "1 / (sqrt(spread) + params.epsilon)"],
    ["normaliseRows"],
  ),
  shaderMutation(
    "constant",
    "normaliseRows/serial_vec4",
    ["moments.y / f32(params.columns)", "moments.y / f32(params.columns - 1)"],
    ["normaliseRows"],
  ),
  shaderMutation("term", "normaliseRows/serial", ["spread += shifted * shifted;", ""], ["normaliseRows"]),
  shaderMutation(
    "tail",
    "normaliseRows/workgroup",
    ["column < columns; column += 64) { sum +=", "column < columns - 1; column += 64) { sum +="],
    ["normaliseRows"],
  ),
  shaderMutation(
    "barrier",
    "lib/fold",
    ["workgroupBarrier();\n    if (local < half) { folded[local] +=", "if (local < half) { folded[local] +="],
    ["normaliseRows"],
  ),
  shaderMutation(
    "barrier",
    "lib/fold",
    [
      "let result = folded[0];\n  workgroupBarrier();\n  return result;\n}\n\nfn",
      "let result = folded[0];\n  return result;\n}\n\nfn",
    ],
    ["softmaxCrossEntropy"],
  ),
  shaderMutation(
    "initial value",
    "normaliseRows/serial",
    ["select(0, load_x(start), CENTRED == 1)", "load_x(start)"],
    ["normaliseRows"],
  ),
  shaderMutation(
    "term",
    "normaliseRowsGradient/serial",
    ["select(0, plain * share, CENTRED == 1)", "0f"],
    ["normaliseRowsGradient"],
  ),
  shaderMutation(
    "term",
    "normaliseRowsGradient/workgroup",
    ["weighted) * factor * share * factor", "weighted) * share * factor"],
    ["normaliseRowsGradient"],
  ),
  shaderMutation("term", "lib/moments", ["(known.count * share)", "share"], ["momentParts"]),
  shaderMutation(
    "term",
    "lib/moments",
    ["total_of(found.squares) + found.count * total_of(delta * delta)", "total_of(found.squares)"],
    ["normaliseRows"],
  ),
  shaderMutation(
    "term",
    "mergeMoments/serial",
    ["params.length * delta * delta", "delta * delta"],
    ["mergeMoments"],
  ),
  shaderMutation(
    "constant",
    "mergeMoments/serial",
    ["inverseSqrt(spread + params.epsilon)", "inverseSqrt(max(spread, params.epsilon))"],
    ["mergeMoments"],
  ),
  shaderMutation("sign", "normalise/scalar", ["- distance) * factor", "+ distance) * factor"], ["normalise"]),
  shaderMutation(
    "stride",
    "normalise/vec4",
    ["at / params.item_vectors * row", "at / params.item_vectors"],
    ["normalise"],
  ),
  shaderMutation("term", "normaliseGradient/scalar", [" - centred * slope", ""], ["normaliseGradient"]),
  shaderMutation(
    "tail",
    "normaliseSums/scalar",
    ["params.length % 2 == 1", "params.length % 2 == 2"],
    ["normaliseSums"],
  ),
  shaderMutation("index", "normaliseSums/vec4", ["row + 1, origin", "row, origin"], ["normaliseSums"]),
  shaderMutation(
    "constant",
    "runningMoments/runningMoments",
    ["params.correction * variance[index]", "variance[index]"],
    ["runningMoments"],
  ),
  shaderMutation(
    "stride",
    "momentParts/scalar",
    ["part * 3 * channels", "part * 2 * channels"],
    ["momentParts"],
  ),
];
