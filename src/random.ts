/** Random tensors, drawn on the device anew in each step: `random.normal([batch, 64], { stream: 1 })`. */
export type { StreamOptions } from "./ops/random_draw.ts";
export type { NormalOptions } from "./ops/random_normal.ts";
export type { BernoulliOptions } from "./ops/randomBernoulli.ts";
export { randomBernoulli as bernoulli } from "./ops/randomBernoulli.ts";
export { randomNormal as normal } from "./ops/randomNormal.ts";
export { randomPermutation as permutation } from "./ops/randomPermutation.ts";
export { randomTruncatedNormal as truncatedNormal } from "./ops/randomTruncatedNormal.ts";
export type { UniformOptions } from "./ops/randomUniform.ts";
export { randomUniform as uniform } from "./ops/randomUniform.ts";
