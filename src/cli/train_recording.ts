import type { AdapterSummary } from "../device/adapter.ts";
import type { Evaluation } from "../training/evaluation.ts";
import { RunRecorder } from "../training/node/run_recorder.ts";
import type { TrainingCallback } from "../training/trainer_options.ts";
import { InterruptedError } from "./options.ts";
import type { ChosenRun } from "./train_options.ts";
import { commandOf } from "./train_record.ts";
import type { TrainSession } from "./train_session.ts";
import { versions } from "./versions.ts";

/** Keeps the record of a run in the database of runs, as the run goes on. */
export class Recording {
  readonly #recorder: RunRecorder;
  #id: string | undefined;

  private constructor(recorder: RunRecorder) {
    this.#recorder = recorder;
  }

  static async open(folder: string, warn: (message: string) => void): Promise<Recording> {
    return new Recording(await RunRecorder.open({ folder, warn }));
  }

  /** What `wgrad runs show` finds it by. */
  get id(): string | undefined {
    return this.#id;
  }

  begin({ chosen, adapter, session, name }: RecordedRun): void {
    const { recipe, settings } = chosen;
    const { trainer, firstStep, totalSteps } = session;
    this.#id = this.#recorder.begin({
      name,
      recipe: recipe.name,
      seed: settings.seed,
      command: totalSteps === undefined ? undefined : commandOf(chosen, totalSteps),
      firstStep,
      plannedSteps: totalSteps,
      config: { ...settings, optimizerSettings: trainer.optimizer.settings },
      environment: { ...adapter, ...versions() },
    });
  }

  /** Steps of the epoch under way that the submits told of. */
  #steps = 0;

  /** What the trainer tells. */
  readonly callback: TrainingCallback = {
    onSubmit: ({ losses, accuracies, learningRates, step, epoch, milliseconds }) => {
      const first = step - losses.length + 1;
      this.#steps += losses.length;
      this.#recorder.steps(
        Array.from(losses, (loss, at) => ({
          step: first + at,
          epoch,
          loss,
          accuracy: accuracies[at],
          learningRate: learningRates[at],
          milliseconds: milliseconds / losses.length,
        })),
      );
    },
    onEpoch: ({ epoch, step, loss, accuracy, validation, layers, milliseconds }) => {
      if (layers) this.#recorder.layers({ epoch, step, steps: this.#steps }, layers);
      this.#steps = 0;
      const validationFields = { validationLoss: validation?.loss, validationAccuracy: validation?.accuracy };
      this.#recorder.epoch({ epoch, step, loss, accuracy, ...validationFields, milliseconds });
    },
  };

  /** The run has come to its end. */
  done(test: Evaluation): Promise<void> {
    return this.#recorder.finish("done", { testLoss: test.loss, testAccuracy: test.accuracy });
  }

  /** The run has ended otherwise. */
  failed(error: unknown): Promise<void> {
    const status = error instanceof InterruptedError ? "interrupted" : "failed";
    return this.#recorder.finish(status, {}, error instanceof Error ? error.message : String(error));
  }
}

export interface RecordedRun {
  readonly chosen: ChosenRun;
  readonly adapter: AdapterSummary;
  readonly session: TrainSession;
  /** Of the folder that the run's files go to. */
  readonly name: string;
}
