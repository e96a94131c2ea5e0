/** Learning rates over a training: `optim.schedules.cosine({ warmUp: 100 })`. */
export type { BatchPoint, BatchSchedule, IncreaseBatchSizeOptions } from "./batch_size.ts";
export { increaseBatchSize } from "./batch_size.ts";
export { constant } from "./constant.ts";
export type { CosineRestartsOptions } from "./cosine_restarts.ts";
export { cosineRestarts } from "./cosine_restarts.ts";
export type { DecayOptions, PolynomialOptions } from "./decays.ts";
export { cosine, linear, polynomial } from "./decays.ts";
export type { MonitorOptions } from "./monitor.ts";
export type { NamedScheduleOptions, ScheduleName } from "./named.ts";
export { scheduleNamed, scheduleNames } from "./named.ts";
export type { OneCycleOptions } from "./one_cycle.ts";
export { oneCycle } from "./one_cycle.ts";
export type { ReduceOnPlateauOptions } from "./reduce_on_plateau.ts";
export { reduceOnPlateau } from "./reduce_on_plateau.ts";
export type {
  Every,
  EveryOptions,
  Schedule,
  ScheduleDescription,
  SchedulePoint,
  ScheduleRun,
  ScheduleState,
} from "./schedule.ts";
export { defineSchedule } from "./schedule.ts";
export type { ExponentialOptions, InverseTimeOptions, MultiStepOptions, StepOptions } from "./step_decays.ts";
export { exponential, inverseTime, multiStep, step } from "./step_decays.ts";
export type { WarmUpOptions } from "./warm_up.ts";
export { warmUp } from "./warm_up.ts";
