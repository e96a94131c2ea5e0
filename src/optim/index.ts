/**
 * Optimizers, schedules, and what is done to gradients and parameters besides: `optim.adamW({ learningRate: 1e-3 })`,
 * `optim.schedules.cosine()`, `optim.clipByGlobalNorm(1)`, `optim.maxNorm(3)`.
 */

export type { AdaHessianOptions } from "./adahessian.ts";
export { adaHessian } from "./adahessian.ts";
export type { AdamOptions } from "./adam.ts";
export { adam, adamW } from "./adam.ts";
export { clipByGlobalNorm, clipByNorm, clipByValue } from "./clipping.ts";
export type { GradientNoiseOptions } from "./gradient_noise.ts";
export { gradientNoise } from "./gradient_noise.ts";
export type { GradientTransform, ParameterConstraint } from "./gradient_transform.ts";
export type { LambOptions } from "./lamb.ts";
export { lamb } from "./lamb.ts";
export type { LbfgsOptions } from "./lbfgs.ts";
export { lbfgs } from "./lbfgs.ts";
export type { LookaheadOptions } from "./lookahead.ts";
export { lookahead } from "./lookahead.ts";
export { maxNorm } from "./max_norm.ts";
export type { Optimizer, OptimizerStep } from "./optimizer.ts";
export type { Penalty, PenaltyOptions } from "./penalties.ts";
export { penalty, regularize } from "./penalties.ts";
export type { DecayOptions, Schedule, SchedulePoint } from "./schedules/index.ts";
export * as schedules from "./schedules/index.ts";
export type { SgdOptions } from "./sgd.ts";
export { sgd } from "./sgd.ts";
export type { WeightAverage, WeightAverageOptions } from "./weight_average.ts";
export { weightAverage } from "./weight_average.ts";
