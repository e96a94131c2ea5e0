import type { Target } from "../../data/dataset_types.ts";
import type { Update } from "../../graph/graph.ts";
import { State, stateTensor } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { TypedArray } from "../../kernels/types.ts";
import { add } from "../../ops/add.ts";
import type { BatchTargets } from "../batch_sums.ts";
import type { StateReader } from "../history.ts";
import type { Measure, Metric } from "./metric.ts";
import { expectDistinct } from "./metric.ts";

/** What of an engine measuring needs. */
export interface MeasuringEngine extends StateReader {
  writeState(state: State, values: TypedArray): void;
}

/** A metric as one compiled evaluation measures it. */
interface Measured {
  readonly metric: Metric;
  readonly measure: Measure<unknown>;
  /** Where the device counts. */
  readonly state: State | undefined;
}

/** Metrics of one compiled evaluation: what its steps compute, and what becomes of it. */
export class MeasuredMetrics {
  readonly #measured: readonly Measured[];

  /** @throws UsageError where a metric is of other targets, or there twice */
  constructor(metrics: readonly Metric[], target: Target) {
    expectDistinct(metrics);
    this.#measured = metrics.map((metric) => {
      const measure = metric.measure(target);
      if (measure.kind === "sums") return { metric, measure, state: undefined };
      const { size } = measure;
      const state = new State(metric.name, { shape: [size], dtype: "f32" }, new Float32Array(size));
      return { metric, measure, state };
    });
  }

  /** Names of the scalars that each step leaves. */
  get columns(): string[] {
    return this.#measured.flatMap(({ metric, measure }) =>
      measure.kind === "sums" ? columnsOf(metric, measure.width) : [],
    );
  }

  /** What a step does: scalars by column, and counts. */
  record(
    prediction: Tensor,
    targets: BatchTargets,
  ): { readonly sums: Readonly<Record<string, Tensor>>; readonly updates: readonly Update[] } {
    const sums: [string, Tensor][] = [];
    const updates: Update[] = [];
    for (const { metric, measure, state } of this.#measured) {
      if (measure.kind === "sums") {
        const values = measure.sums(prediction, targets);
        const names = columnsOf(metric, measure.width);
        sums.push(...values.map((value, at): [string, Tensor] => [names[at] ?? "", value]));
      } else if (state) {
        updates.push({ state, value: add(stateTensor(state), measure.counts(prediction, targets)) });
      }
    }
    return { sums: Object.fromEntries(sums), updates };
  }

  /** Sets counts to zero, ahead of an evaluation. */
  reset(engine: MeasuringEngine): void {
    for (const { state } of this.#measured) {
      if (state) engine.writeState(state, new Float32Array(state.initial.length));
    }
  }

  /** Results by name; counts are read now. */
  async results(
    engine: MeasuringEngine,
    sums: Readonly<Record<string, number>>,
    count: number,
  ): Promise<Record<string, unknown>> {
    const results = this.#measured.map(async ({ metric, measure, state }) => {
      if (measure.kind === "sums") {
        const own = columnsOf(metric, measure.width).map((column) => sums[column] ?? Number.NaN);
        return [metric.name, measure.result(own, count)] as const;
      }
      if (!state) throw new Error("internal: counts without state");
      const counts = Float64Array.from(await engine.readState(state));
      return [metric.name, measure.result(counts, count)] as const;
    });
    return Object.fromEntries(await Promise.all(results));
  }
}

const columnsOf = ({ name }: Metric, width: number): string[] =>
  Array.from({ length: width }, (_, at) => `${name} ${at}`);
