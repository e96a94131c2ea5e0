import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const randomMutations: readonly Mutation[] = [
  shaderMutation("random numbers", "lib/philox", ["round < 10u", "round < 9u"], ["randomUniform"]),
  shaderMutation("random numbers", "lib/philox", ["0xbb67ae85u", "0xbb67ae58u"], ["randomUniform"]),
  shaderMutation(
    "random numbers",
    "lib/random",
    ["vec4<u32>(block, step.index, stream, 2)", "vec4<u32>(block, step.index, 0, 2)"],
    ["randomUniform"],
  ),
  shaderMutation(
    "random numbers",
    "lib/random",
    ["vec4<u32>(block, step.index, stream, 2)", "vec4<u32>(block, 0, stream, 2)"],
    ["randomUniform"],
  ),
  shaderMutation(
    "random numbers",
    "lib/random",
    ["vec2<u32>(step.seed_low, step.seed_high)", "vec2<u32>(step.seed_high, step.seed_low)"],
    ["randomUniform"],
  ),
  shaderMutation(
    "index",
    "lib/random",
    ["negative_log(words)).xxzz", "negative_log(words)).xxxx"],
    ["randomNormal"],
  ),
  shaderMutation("constant", "lib/random", ["0.95449974", "0.99730020"], ["randomTruncatedNormal"]),
  shaderMutation(
    "random numbers",
    "dropout/dropout",
    ["params.stream, 1)", "params.stream, 2)"],
    ["dropout"],
  ),
  shaderMutation("term", "dropout/dropout", ["params.scale * x[index]", "x[index]"], ["dropout"]),
  shaderMutation(
    "sign",
    "randomBernoulli/randomBernoulli",
    ["uniform01(words) <", "uniform01(words) >"],
    ["randomBernoulli"],
  ),
  shaderMutation(
    "random numbers",
    "randomPermutation/feistel",
    ["place = two_rounds(place, keys.c.zw, masks);", ""],
    ["randomPermutation"],
  ),
  shaderMutation(
    "bounds",
    "randomPermutation/feistel",
    ["if (at < params.count) { return at; }", "return at;"],
    ["randomPermutation"],
  ),
];
