import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const transformMutations: readonly Mutation[] = [
  shaderMutation(
    "stride",
    "stridedNorms/stridedNorms",
    ["vec4<u32>(count - 1)) * stride", "vec4<u32>(count - 1))"],
    ["stridedNorms"],
  ),
  shaderMutation(
    "tail",
    "stridedNorms/stridedNorms",
    ["place < vec4<u32>(count)", "vec4<bool>(true)"],
    ["stridedNorms"],
  ),
  shaderMutation(
    "clamp",
    "boundNorms/boundNorms",
    ["max(norm, vec4<f32>(params.limit))", "norm"],
    ["boundNorms"],
  ),
  shaderMutation(
    "index",
    "boundNorms/boundNorms",
    ["4 * index - blocks[block]", "4 * index"],
    ["boundNorms"],
  ),
  shaderMutation(
    "random numbers",
    "gradientNoise/gradientNoise",
    ["params.stream, 3)", "params.stream, 2)"],
    ["gradientNoise"],
  ),
  shaderMutation(
    "term",
    "gradientNoise/gradientNoise",
    ["f32(step.index) + 1", "f32(step.index) + 2"],
    ["gradientNoise"],
  ),
  shaderMutation(
    "tail",
    "gradientNoise/gradientNoise",
    ["place < vec4<u32>(used[index / 16])", "vec4<bool>(true)"],
    ["gradientNoise"],
  ),
  shaderMutation("term", "addPenalties/addPenalties", ["sign(theta)", "theta"], ["addPenalties"]),
  shaderMutation("constant", "addPenalties/addPenalties", ["2 * penalty.y", "penalty.y"], ["addPenalties"]),
];
