/** Optimizers and schedules: `optim.adamW({ learningRate: 1e-3 })`, `optim.schedules.cosine()`. */

export type { AdaHessianOptions } from "./adahessian.ts";
export { adaHessian } from "./adahessian.ts";
export type { AdamOptions } from "./adam.ts";
export { adam, adamW } from "./adam.ts";
export type { LambOptions } from "./lamb.ts";
export { lamb } from "./lamb.ts";
export type { LookaheadOptions } from "./lookahead.ts";
export { lookahead } from "./lookahead.ts";
export type { Optimizer, OptimizerStep } from "./optimizer.ts";
export type { DecayOptions, Schedule, SchedulePoint } from "./schedules/index.ts";
export * as schedules from "./schedules/index.ts";
export type { SgdOptions } from "./sgd.ts";
export { sgd } from "./sgd.ts";
export type { WeightAverage, WeightAverageOptions } from "./weight_average.ts";
export { weightAverage } from "./weight_average.ts";
