/** Optimizers and schedules: `optim.adamW({ learningRate: 1e-3 })`, `optim.schedules.cosine()`. */
export type { AdamOptions } from "./adam.ts";
export { adam, adamW } from "./adam.ts";
export type { Optimizer, OptimizerStep } from "./optimizer.ts";
export type { DecayOptions, Schedule, SchedulePoint } from "./schedules/index.ts";
export * as schedules from "./schedules/index.ts";
export type { SgdOptions } from "./sgd.ts";
export { sgd } from "./sgd.ts";
