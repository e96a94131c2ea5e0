import { UsageError } from "../device/errors.ts";
import { State, stateTensor } from "../graph/leaves.ts";
import { RandomStream } from "../kernels/philox.ts";
import type { TypedArray } from "../kernels/types.ts";
import { ceilDivide } from "../kernels/types.ts";
import type { Batch, Dataset, StoredExamples } from "./dataset_types.ts";

/** Epochs draw from the upper half of the host's streams; initial parameters have the lower. */
const EPOCH_STREAMS = 0x80000000;

/** What of an engine a dataset needs. */
export interface StateWriter {
  writeState(state: State, values: TypedArray, offset?: number): void;
  releaseState(state: State): void;
  /** Another number after the device was lost and replaced. */
  readonly generation?: number;
}

/**
 * A dataset as state of a device: its examples, and the order of the epoch. A step makes its batch from them, so that
 * training uploads nothing but an order an epoch.
 */
export class GpuDataset {
  readonly dataset: Dataset;
  readonly examples: StoredExamples;
  /** The order of the epoch: written by whoever trains. */
  readonly order: State;
  /** 0, 1, 2 …: for evaluation. */
  readonly plainOrder: State;
  /** Which epoch's order the device holds. */
  #written = "";

  constructor(dataset: Dataset) {
    const { name, count } = dataset;
    const order = (what: string): State => {
      const values = Uint32Array.from({ length: count }, (_, index) => index);
      return new State(`${name}.${what}`, { shape: [count], dtype: "u32" }, values);
    };
    this.dataset = dataset;
    this.examples = dataset.store();
    this.order = order("order");
    this.plainOrder = order("plainOrder");
  }

  get states(): State[] {
    return [...this.examples.states, this.order, this.plainOrder];
  }

  get count(): number {
    return this.dataset.count;
  }

  /**
   * Whole batches of an epoch; the examples left over are dropped, others each time.
   * @throws UsageError where there is not one
   */
  batchesPerEpoch(batchSize: number): number {
    checkBatchSize(batchSize);
    const batches = Math.floor(this.count / batchSize);
    if (batches > 0) return batches;
    throw new UsageError({
      where: `dataset(${this.dataset.name})`,
      problem: "it does not fill one batch",
      got: `${this.count} ${this.dataset.unit}`,
      expected: `at least ${batchSize}, the batch size`,
    });
  }

  /** Batches that cover every example; the last may be part empty. */
  batchesToCover(batchSize: number): number {
    checkBatchSize(batchSize);
    return ceilDivide(this.count, batchSize);
  }

  /** The batch at the step's `batchStart`, in the epoch's order or the plain one. */
  batch(batchSize: number, order: "epoch" | "plain"): Batch {
    return this.examples.batch(stateTensor(order === "epoch" ? this.order : this.plainOrder), batchSize);
  }

  /**
   * Makes sure that the device holds the order of an epoch. It is a function of seed and epoch, whatever was drawn
   * before, and is written again only when another was written since.
   */
  useOrder(engine: StateWriter, seed: number | bigint, epoch: number): void {
    const key = `${engine.generation ?? 0}:${seed}:${epoch}`;
    if (this.#written === key) return;
    engine.writeState(this.order, orderOfEpoch(this.count, seed, epoch));
    this.#written = key;
  }
}

/** The order of an epoch's examples. */
export function orderOfEpoch(count: number, seed: number | bigint, epoch: number): Uint32Array {
  return new RandomStream(seed, EPOCH_STREAMS + epoch).permutation(count);
}

/** The datasets of one engine: each is put on the device once, whoever uses it. */
export class GpuDatasets {
  static readonly #ofEngines = new WeakMap<StateWriter, GpuDatasets>();
  readonly #engine: StateWriter;
  readonly #known = new WeakMap<Dataset, GpuDataset>();

  private constructor(engine: StateWriter) {
    this.#engine = engine;
  }

  /** An engine's own. */
  static on(engine: StateWriter): GpuDatasets {
    const known = GpuDatasets.#ofEngines.get(engine) ?? new GpuDatasets(engine);
    GpuDatasets.#ofEngines.set(engine, known);
    return known;
  }

  of(dataset: Dataset): GpuDataset {
    const known = this.#known.get(dataset);
    if (known) return known;
    const made = new GpuDataset(dataset);
    this.#known.set(dataset, made);
    return made;
  }

  /** Puts a dataset on the device now; else its first use does. */
  upload(dataset: Dataset): void {
    const { states } = this.of(dataset).examples;
    // State comes with its initial values when it is first touched; nothing is to be added to them.
    for (const state of states) this.#engine.writeState(state, new Uint32Array());
  }

  /** Frees a dataset's memory on the device. What was compiled for it must not run again. */
  release(dataset: Dataset): void {
    const known = this.#known.get(dataset);
    if (!known) return;
    this.#known.delete(dataset);
    for (const state of known.states) this.#engine.releaseState(state);
  }
}

/** @throws UsageError */
export function checkBatchSize(batchSize: number): void {
  if (Number.isInteger(batchSize) && batchSize > 0) return;
  const expected = "a positive integer";
  throw new UsageError({ where: "batchSize", problem: "wrong value", got: String(batchSize), expected });
}
