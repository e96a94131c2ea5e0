/** What evaluations measure beside the loss: `trainer.evaluate(test, { metrics: [metrics.confusionMatrix()] })`. */
export type { ClassScores, ConfusionMatrix } from "./derived.ts";
export { accuracyOf, classScoresOf, confusionMatrixOf, macroAverage, rSquaredOf } from "./derived.ts";
export * from "./labels.ts";
export type { CountsMeasure, Measure, Metric, MetricResults, SumsMeasure } from "./metric.ts";
export * from "./values.ts";
