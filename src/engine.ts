import type { ImageDataset } from "./data/dataset.ts";
import { GpuDatasets } from "./data/gpu_dataset.ts";
import type { Device } from "./device/device.ts";
import type { OpenOptions, Platform } from "./device/open.ts";
import { openDevice } from "./device/open.ts";
import { seedWords } from "./kernels/philox.ts";
import type { DType, Shape, TensorType } from "./kernels/types.ts";
import { Engine } from "./plan/engine.ts";
import { Trainer } from "./training/trainer.ts";
import type { TrainerOptions } from "./training/trainer_options.ts";

export interface EngineOptions extends OpenOptions {
  /** Of everything random: initial parameters, the order of images, dropout. 0 by default; up to 64 bits. */
  readonly seed?: number | bigint;
  /** About how long a submit of training steps lasts: in a page, how long a frame may wait. */
  readonly submitMilliseconds?: number;
}

/** What differs between Node and a page. */
export interface EngineDefaults {
  readonly submitMilliseconds: number;
}

/** A device with all that trains on it. `dispose()` frees everything; nothing else has to be freed. */
export class WgradEngine extends Engine {
  readonly seed: number | bigint;
  readonly submitMilliseconds: number;
  readonly #datasets = new GpuDatasets(this);

  /** @throws UsageError where the seed is out of range */
  constructor(device: Device, seed: number | bigint, submitMilliseconds: number) {
    seedWords(seed);
    super(device);
    this.seed = seed;
    this.submitMilliseconds = submitMilliseconds;
  }

  /** A trainer of a model on images. */
  trainer(options: TrainerOptions): Trainer {
    const { seed, submitMilliseconds } = this;
    return new Trainer(this, options, { datasets: this.#datasets, seed, submitMilliseconds });
  }

  /** Puts a dataset on the device now; else its first use does. */
  upload(dataset: ImageDataset): void {
    this.#datasets.upload(dataset);
  }

  /** Frees a dataset's memory on the device ahead of the engine's end, once nothing trains on it any more. */
  release(dataset: ImageDataset): void {
    this.#datasets.release(dataset);
  }
}

/** Makes the `createEngine` of a platform. */
export function createEngineFor(platform: Platform, defaults: EngineDefaults) {
  /** Opens a device: a GPU, or a software adapter where there is none. @throws NoAdapterError */
  return async function createEngine(options: EngineOptions = {}): Promise<WgradEngine> {
    const { seed = 0, submitMilliseconds = defaults.submitMilliseconds, ...open } = options;
    seedWords(seed);
    return new WgradEngine(await openDevice(platform, open), seed, submitMilliseconds);
  };
}

/** The type of a compiled step's input: `spec("f32", [64, 28, 28, 1])`. */
export const spec = (dtype: DType, shape: Shape): TensorType => ({ dtype, shape });
