import { DataError } from "../device/errors.ts";
import { State, stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { batchIndices } from "../ops/batchIndices.ts";
import { gatherOp } from "../ops/gather.ts";
import type { Batch, Selectable, StoredExamples, Target } from "./dataset_types.ts";
import { expectTaken } from "./examples.ts";
import { columnMoments } from "./moments.ts";

/** What is to be predicted of each row. */
export type TableTargets =
  | {
      readonly kind: "values";
      readonly names: readonly string[];
      /** Row after row, `count · names` numbers. */
      readonly values: Float32Array;
    }
  | {
      readonly kind: "labels";
      readonly classes: readonly string[];
      /** Numbers of classes, `count` of them. */
      readonly labels: Uint32Array;
    };

export interface TableDatasetFields {
  readonly name: string;
  /** Row after row, `count · featureNames` numbers. */
  readonly features: Float32Array;
  readonly featureNames: readonly string[];
  readonly targets: TableTargets;
}

/** Rows of numbers in host memory with a value or a class to predict of each, checked when made. */
export class TableDataset implements TableDatasetFields, Selectable<TableDataset> {
  readonly name: string;
  readonly features: Float32Array;
  readonly featureNames: readonly string[];
  readonly targets: TableTargets;
  /** The number of rows. */
  readonly count: number;
  readonly shape: Shape;
  readonly target: Target;
  readonly unit = "rows";

  /** @throws DataError where sizes do not fit each other, a number is not finite or a label names no class */
  constructor({ name, features, featureNames, targets }: TableDatasetFields) {
    this.name = name;
    this.features = features;
    this.featureNames = featureNames;
    this.targets = targets;
    this.shape = [featureNames.length];
    this.count = features.length / featureNames.length;
    this.#checkSizes();
    this.#checkNumbers();
    this.target = targetOf(targets);
  }

  /** The first `n` rows, or all where there are fewer; views of the same memory. Throws UsageError unless n ≥ 1. */
  take(n: number): TableDataset {
    const count = expectTaken(this, n);
    const { name, featureNames, targets } = this;
    const features = this.features.subarray(0, count * featureNames.length);
    const taken: TableTargets =
      targets.kind === "values"
        ? { ...targets, values: targets.values.subarray(0, count * targets.names.length) }
        : { ...targets, labels: targets.labels.subarray(0, count) };
    return new TableDataset({ name, features, featureNames, targets: taken });
  }

  select(indices: Uint32Array, name: string): TableDataset {
    const { featureNames, targets } = this;
    const features = rowsOf(this.features, featureNames.length, indices);
    const chosen: TableTargets =
      targets.kind === "values"
        ? { ...targets, values: rowsOf(targets.values, targets.names.length, indices) }
        : { ...targets, labels: Uint32Array.from(indices, (index) => targets.labels[index] ?? 0) };
    return new TableDataset({ name, features, featureNames, targets: chosen });
  }

  /** The same rows and targets with other numbers as features. */
  withFeatures(features: Float32Array): TableDataset {
    const { name, featureNames, targets } = this;
    return new TableDataset({ name, features, featureNames, targets });
  }

  store(): StoredExamples {
    return storeTable(this);
  }

  #checkSizes(): void {
    const where = `dataset(${this.name})`;
    const { count, features, featureNames, targets } = this;
    if (featureNames.length === 0) throw new DataError({ where, problem: "no features" });
    if (features.length === 0) throw new DataError({ where, problem: "no rows" });
    const width = targets.kind === "values" ? targets.names.length : 1;
    const found = targets.kind === "values" ? targets.values.length : targets.labels.length;
    if (Number.isInteger(count) && width > 0 && found === count * width) return;
    throw new DataError({
      where,
      problem: "features and targets do not fit each other",
      got: `${features.length} features and ${found} targets`,
      expected: `${featureNames.length} features and ${Math.max(width, 1)} targets a row`,
    });
  }

  #checkNumbers(): void {
    const where = `dataset(${this.name})`;
    const { features, featureNames, targets } = this;
    expectFinite(where, features, featureNames);
    if (targets.kind === "values") {
      expectFinite(where, targets.values, targets.names);
      return;
    }
    const wrong = targets.labels.findIndex((label) => label >= targets.classes.length);
    if (wrong === -1) return;
    throw new DataError({
      where,
      problem: `the label of row ${wrong + 1} names no class`,
      got: String(targets.labels[wrong]),
      expected: `0 to ${targets.classes.length - 1}`,
    });
  }
}

function expectFinite(where: string, values: Float32Array, names: readonly string[]): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong === -1) return;
  const row = Math.floor(wrong / names.length) + 1;
  throw new DataError({
    where,
    problem: `row ${row}, column ${names[wrong % names.length]}: not a finite f32`,
    got: String(values[wrong]),
  });
}

function targetOf(targets: TableTargets): Target {
  if (targets.kind === "labels") return { kind: "labels", classes: targets.classes };
  const { names, values } = targets;
  return { kind: "values", names, ...columnMoments(values, names.length) };
}

function rowsOf(values: Float32Array, width: number, indices: Uint32Array): Float32Array {
  const rows = new Float32Array(indices.length * width);
  indices.forEach((index, at) => {
    rows.set(values.subarray(index * width, (index + 1) * width), at * width);
  });
  return rows;
}

/** Rows on a device as they are: a step gathers those of its batch. */
function storeTable({ name, count, features, shape, targets }: TableDataset): StoredExamples {
  const { kind } = targets;
  const state = {
    features: new State(`${name}.features`, { shape: [features.length], dtype: "f32" }, features),
    targets:
      kind === "values"
        ? new State(`${name}.targets`, { shape: [targets.values.length], dtype: "f32" }, targets.values)
        : new State(`${name}.labels`, { shape: [count], dtype: "u32" }, targets.labels),
  };
  const targetShape = kind === "values" ? [count, targets.names.length] : [count];
  return {
    states: [state.features, state.targets],
    batch: (order, batchSize): Batch => {
      const [indices, present] = batchIndices(order, { batchSize, count });
      if (!indices || !present) throw new Error("internal: batchIndices has two outputs");
      // Past the end, a label is no class, as gather marks it, and losses ignore it; numbers are 0.
      const take = (of: Tensor, missing: "marked" | "zero"): Tensor =>
        apply(gatherOp, [of, indices], { axis: 0, size: count, missing });
      const x = take(stateTensor(state.features, [count, ...shape]), "zero");
      const y = take(stateTensor(state.targets, targetShape), kind === "labels" ? "marked" : "zero");
      return kind === "labels" ? { x, y } : { x, y, present };
    },
  };
}
