/**
 * Optimizers, schedules, and what is done to gradients and parameters besides: `optim.adamW({ learningRate: 1e-3 })`,
 * `optim.schedules.cosine()`, `optim.clipByGlobalNorm(1)`, `optim.maxNorm(3)`.
 */

export type { AdabeliefOptions } from "./adabelief.ts";
export { adabelief } from "./adabelief.ts";
export type { AdaboundOptions } from "./adabound.ts";
export { adabound } from "./adabound.ts";
export type { AdadeltaOptions } from "./adadelta.ts";
export { adadelta } from "./adadelta.ts";
export type { AdagradOptions } from "./adagrad.ts";
export { adagrad } from "./adagrad.ts";
export type { AdaHessianOptions } from "./adahessian.ts";
export { adaHessian } from "./adahessian.ts";
export type { AdamOptions, AdaptiveOptions } from "./adam.ts";
export { adam, adamW } from "./adam.ts";
export type { AmsgradOptions, NadamOptions } from "./adam_variants.ts";
export { adamax, amsgrad, nadam, radam } from "./adam_variants.ts";
export { clipByGlobalNorm, clipByNorm, clipByValue } from "./clipping.ts";
export type { GradientNoiseOptions } from "./gradient_noise.ts";
export { gradientNoise } from "./gradient_noise.ts";
export type { GradientTransform, ParameterConstraint } from "./gradient_transform.ts";
export type { LambOptions } from "./lamb.ts";
export { lamb } from "./lamb.ts";
export type { LbfgsOptions } from "./lbfgs.ts";
export { lbfgs } from "./lbfgs.ts";
export type { LionOptions } from "./lion.ts";
export { lion } from "./lion.ts";
export type { LookaheadOptions } from "./lookahead.ts";
export { lookahead } from "./lookahead.ts";
export { maxNorm } from "./max_norm.ts";
export type { NamedOptimizer, OptimizerName } from "./names.ts";
export { namedOptimizers, optimizerNamed, optimizerNames } from "./names.ts";
export type { Optimizer, OptimizerStep } from "./optimizer.ts";
export type { Penalty, PenaltyOptions } from "./penalties.ts";
export { penalty, regularize } from "./penalties.ts";
export type { RmspropOptions } from "./rmsprop.ts";
export { rmsprop } from "./rmsprop.ts";
export type { DecayOptions, Schedule, SchedulePoint } from "./schedules/index.ts";
export * as schedules from "./schedules/index.ts";
export type { SgdOptions } from "./sgd.ts";
export { sgd } from "./sgd.ts";
export type { ParameterGroup, UpdateOptions } from "./update_plan.ts";
export type { WeightAverage, WeightAverageOptions } from "./weight_average.ts";
export { weightAverage } from "./weight_average.ts";
