import type { Target } from "../../data/dataset_types.ts";
import { UsageError } from "../../device/errors.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { BatchTargets } from "../batch_sums.ts";

/**
 * What an evaluation measures beside the loss. It is computed on the device batch by batch; the host reads sums, never
 * predictions.
 */
export interface Metric<Name extends string = string, Result = unknown> {
  /** Its key among the results. Metrics of one name are one metric: their settings are part of it. */
  readonly name: Name;
  /** How it is measured of such targets. @throws UsageError where it is of other targets */
  measure(target: Target): Measure<Result>;
}

export type Measure<Result> = SumsMeasure<Result> | CountsMeasure<Result>;

/** A few scalars of each batch, which the host adds up in f64. */
export interface SumsMeasure<Result> {
  readonly kind: "sums";
  /** How many. */
  readonly width: number;
  /** Scalars to which examples that are not there add nothing. */
  sums(prediction: Tensor, targets: BatchTargets): readonly Tensor[];
  result(sums: readonly number[], count: number): Result;
}

/** Many counts, which the device adds up over the evaluation and the host reads once: exact below 2²⁴. */
export interface CountsMeasure<Result> {
  readonly kind: "counts";
  readonly size: number;
  /** f32 [size] of whole numbers. */
  counts(prediction: Tensor, targets: BatchTargets): Tensor;
  result(counts: Float64Array, count: number): Result;
}

/** What metrics give, by their names. */
export type MetricResults<Metrics extends readonly Metric[]> = {
  readonly [Each in Metrics[number] as Each["name"]]: Each extends Metric<string, infer Result>
    ? Result
    : never;
};

/** The target, which has to be of a kind. @throws UsageError */
export function expectTarget<Kind extends Target["kind"]>(
  metric: string,
  target: Target,
  kind: Kind,
): Extract<Target, { readonly kind: Kind }> {
  if (isKind(target, kind)) return target;
  throw new UsageError({
    where: `metrics.${metric}`,
    problem: `this metric is of ${kind}, and the dataset's targets are ${target.kind}`,
  });
}

const isKind = <Kind extends Target["kind"]>(
  target: Target,
  kind: Kind,
): target is Extract<Target, { readonly kind: Kind }> => target.kind === kind;

/** @throws UsageError where two metrics have one name */
export function expectDistinct(metrics: readonly Metric[]): void {
  const names = metrics.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new UsageError({ where: "evaluate(metrics)", problem: "a metric is asked for twice", got: twice });
}
