import { join } from "node:path";
import { CheckpointFolder } from "../training/node/checkpoint_folder.ts";
import type { TrainingCallback } from "../training/trainer_options.ts";
import { checkpointsFolder } from "./train_files.ts";

/** Saves a training every so many steps, so that a process that is killed loses no more. */
export class Checkpoints {
  readonly every: number;
  readonly #folder: CheckpointFolder;
  /** Of the training, at rest; undefined while there is nothing to go on with. */
  save: (() => Promise<Uint8Array>) | undefined;

  private constructor(folder: CheckpointFolder, every: number) {
    this.#folder = folder;
    this.every = every;
  }

  /** @throws StorageError where the folder cannot be made */
  static async open(folder: string, every: number, keep: number | undefined): Promise<Checkpoints> {
    return new Checkpoints(await CheckpointFolder.open(join(folder, checkpointsFolder), { keep }), every);
  }

  /** For a trainer that rests `every` steps. What it throws, on a full disk, ends the training with the last one intact. */
  readonly callback: TrainingCallback = {
    onSubmit: async ({ step }) => {
      if (step % this.every === 0 && this.save) await this.#folder.save(step, await this.save());
    },
  };
}
