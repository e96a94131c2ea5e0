import type { Dataset } from "./data/dataset_types.ts";
import { GpuDatasets } from "./data/gpu_dataset.ts";
import { tuningIdentity } from "./device/adapter.ts";
import type { Device } from "./device/device.ts";
import type { OpenOptions, Platform } from "./device/open.ts";
import { openDevice } from "./device/open.ts";
import type { TuningStore } from "./device/tuning_store.ts";
import { seedWords } from "./kernels/philox.ts";
import type { LoadedTuning } from "./kernels/stored_tuning.ts";
import { givenTuning, loadTuning, storeTuning } from "./kernels/stored_tuning.ts";
import { TuningTable } from "./kernels/tuning_table.ts";
import type { Step } from "./plan/engine.ts";
import type { TuneOptions, TuneReport } from "./plan/tuning/tune_program.ts";
import { TuningEngine } from "./plan/tuning_engine.ts";
import { createTrainer } from "./training/create_trainer.ts";
import type { Trainer } from "./training/trainer.ts";
import type { TrainerOptions } from "./training/trainer_options.ts";

export interface EngineOptions extends OpenOptions {
  /** Of everything random: initial parameters, the order of images, dropout. 0 by default; up to 64 bits. */
  readonly seed?: number | bigint;
  /** About how long a submit of training steps lasts: in a page, how long a frame may wait. */
  readonly submitMilliseconds?: number;
  /**
   * What was measured by `engine.tune`: by default the table that is stored for the adapter, if there is one, and then
   * `tune` stores what it finds. `false`: nothing, and nothing is stored. Tables that come with an app, parsed from JSON:
   * the adapter's; they are not written to.
   */
  readonly tuning?: false | object | readonly object[];
}

/** What differs between Node and a page. */
export interface EngineDefaults {
  readonly submitMilliseconds: number;
  /** Where measurements are kept, where they are. */
  tuningStore?(): TuningStore | undefined;
}

/** What a `WgradEngine` is made of besides its device. */
export interface EngineParts {
  readonly seed: number | bigint;
  readonly submitMilliseconds: number;
  readonly tuning?: LoadedTuning | undefined;
  readonly tuningStore?: TuningStore | undefined;
  /** Opens another device in place of a lost one. */
  readonly open?: (() => Promise<Device>) | undefined;
}

/** A device with all that trains on it. `dispose()` frees everything; nothing else has to be freed. */
export class WgradEngine extends TuningEngine {
  readonly seed: number | bigint;
  readonly submitMilliseconds: number;
  /** Why the stored or given table is not gone by, or could not be stored; null where all is well. */
  tuningNotice: string | null;
  readonly #tuningStore: TuningStore | undefined;

  /** @throws UsageError where the seed is out of range */
  constructor(device: Device, { seed, submitMilliseconds, tuning, tuningStore, open }: EngineParts) {
    seedWords(seed);
    super(device, tuning?.table, open);
    this.seed = seed;
    this.submitMilliseconds = submitMilliseconds;
    this.tuningNotice = tuning?.notice ?? null;
    this.#tuningStore = tuningStore;
  }

  /** See `TuningEngine.tune`; what was found is stored for the adapter, unless the engine was made without. */
  override async tune(step: Step, options: TuneOptions = {}): Promise<TuneReport> {
    const report = await super.tune(step, options);
    if (this.#tuningStore) this.tuningNotice = await storeTuning(this.#tuningStore, this.tuning);
    return report;
  }

  /** A trainer of a model. */
  trainer(options: TrainerOptions): Trainer {
    return createTrainer(this, options, this);
  }

  /** Puts a dataset on the device now; else its first use does. */
  upload(dataset: Dataset): void {
    GpuDatasets.on(this).upload(dataset);
  }

  /** Frees a dataset's memory on the device ahead of the engine's end, once nothing trains on it any more. */
  release(dataset: Dataset): void {
    GpuDatasets.on(this).release(dataset);
  }
}

/** Makes the `createEngine` of a platform. */
export function createEngineFor(platform: Platform, defaults: EngineDefaults) {
  /** Opens a device: a GPU, or a software adapter where there is none. @throws NoAdapterError */
  return async function createEngine(options: EngineOptions = {}): Promise<WgradEngine> {
    const { seed = 0, submitMilliseconds = defaults.submitMilliseconds, tuning: given, ...open } = options;
    seedWords(seed);
    const reopen = () => openDevice(platform, open);
    const device = await reopen();
    const identity = tuningIdentity(device.adapter, options.unchecked);
    const tuningStore = given === undefined ? defaults.tuningStore?.() : undefined;
    try {
      const tuning = await tuningFrom(given, tuningStore, identity);
      return new WgradEngine(device, { seed, submitMilliseconds, tuning, tuningStore, open: reopen });
    } catch (error) {
      device.dispose();
      throw error;
    }
  };
}

function tuningFrom(
  given: EngineOptions["tuning"],
  store: TuningStore | undefined,
  identity: string,
): LoadedTuning | Promise<LoadedTuning> {
  if (given) return givenTuning(given, identity);
  return store ? loadTuning(store, identity) : { table: new TuningTable(identity), notice: null };
}
