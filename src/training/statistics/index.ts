/** Gradient statistics: measured on the device at every step, read together, classified on the host. */
export { EpochStatistics } from "./epoch_statistics.ts";
export type { GradientStatistics, LayerKind, LayerStatistics } from "./layer_statistics.ts";
export type { ClassThresholds, EpochClass, GradientClass, LayerNorm, NormRatio } from "./norm_ratios.ts";
export {
  classOf,
  epochClasses,
  figureThresholds,
  layerNorms,
  normRatios,
  tableThresholds,
} from "./norm_ratios.ts";
export type { StateAccess, StepStatistics, WatchOptions } from "./watch.ts";
export { Watch } from "./watch.ts";
export type { StepTensors } from "./watched_step.ts";
export { WatchedStep } from "./watched_step.ts";
