import { basename } from "node:path";
import type { WgradEngine } from "../engine.ts";
import { createEngine, data } from "../index.node.ts";
import type { Evaluation } from "../training/evaluation.ts";
import { adapterSentence } from "./adapter.ts";
import { formatBytes, formatCount } from "./format.ts";
import { catchInterrupts } from "./interrupt.ts";
import { type ExitCode, exitCodes, InterruptedError } from "./options.ts";
import { Output } from "./output.ts";
import { Checkpoints } from "./train_checkpoints.ts";
import { defaultFolder, RunFolder, readCheckpoint, runsFolder } from "./train_files.ts";
import { type ChosenRun, chooseRun, runOf, type TrainOptions, withRun } from "./train_options.ts";
import { commandOf, runRecord, shellCommand } from "./train_record.ts";
import { Recording } from "./train_recording.ts";
import {
  firstOfEachClass,
  modelInput,
  predictionGallery,
  trainDocument,
  trainTable,
} from "./train_report.ts";
import { TrainSession } from "./train_session.ts";

/** About how long a submit lasts: many steps each, and a bar that still moves. */
const SUBMIT_MILLISECONDS = 2000;

/** Trains a recipe, tests it, and leaves the model and a record of the run in a folder. */
export async function runTrain(options: TrainOptions): Promise<ExitCode> {
  const started = performance.now();
  const output = new Output(options);
  // All that can be wrong with the options comes before anything that takes time.
  const checkpoint =
    options.resume === undefined
      ? undefined
      : await readCheckpoint(options.resume, (text) => output.notice(text));
  const chosen = chooseRun(options, checkpoint && runOf(checkpoint));
  const startedAt = new Date();
  const folder = await RunFolder.open(options.out ?? defaultFolder(chosen.recipe.name, startedAt));
  try {
    const { seed } = chosen.settings;
    const { adapter } = options;
    const engine = await createEngine({
      adapter,
      seed,
      submitMilliseconds: SUBMIT_MILLISECONDS,
      ...(options.untuned && { tuning: false as const }),
    });
    try {
      await new TrainRun({ options, output, chosen, folder, engine, started, startedAt }).run(checkpoint);
      return exitCodes.done;
    } finally {
      engine.dispose();
    }
  } finally {
    await folder.removeIfEmpty();
  }
}

interface RunParts {
  readonly options: TrainOptions;
  readonly output: Output;
  readonly chosen: ChosenRun;
  readonly folder: RunFolder;
  readonly engine: WgradEngine;
  /** By `performance.now()`. */
  readonly started: number;
  readonly startedAt: Date;
}

/** One run from its first notice to its result. */
class TrainRun {
  readonly #parts: RunParts;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  async run(checkpoint: Uint8Array<ArrayBuffer> | undefined): Promise<void> {
    const { options, output, engine, chosen, folder, started } = this.#parts;
    output.notice(`Adapter:  ${adapterSentence(engine.device.adapter)}`);
    if (engine.tuningNotice !== null) output.notice(`Tuning:   ${engine.tuningNotice}`);
    const mnist = await data.mnist();
    const recording = await Recording.open(options.runs ?? runsFolder, (message) => output.notice(message));
    const checkpoints = await this.#checkpoints();
    const callbacks = [recording.callback, ...(checkpoints ? [checkpoints.callback] : [])];
    const session = await TrainSession.prepare({
      engine,
      output,
      chosen,
      checkpoint,
      data: mnist,
      callbacks,
      restEvery: checkpoints?.every,
      watch: !options.unwatched,
    });
    const interrupts = catchInterrupts(() => {
      output.notice("Stopping after the steps under way; Ctrl-C again ends at once.");
    });
    try {
      this.#describe(session);
      if (checkpoints) checkpoints.save = () => this.#checkpointOf(session);
      recording.begin({ chosen, adapter: engine.device.adapter, session, name: basename(folder.path) });
      const setup = performance.now() - started;
      await session.run(interrupts.signal);
      interrupts.signal.throwIfAborted();
      await recording.done(await this.#finish(session, setup, recording.id, interrupts.signal));
    } catch (error) {
      const shown = interrupts.signal.aborted ? await this.#interrupted(session) : error;
      await recording.failed(shown);
      if (session.totalSteps !== undefined) await this.#record(session, { error: shown });
      throw shown;
    } finally {
      interrupts.release();
    }
  }

  #describe({ train, test, trainer, step, firstStep }: TrainSession): void {
    const { output, options, chosen } = this.#parts;
    const { recipe, settings } = chosen;
    const { dispatchesPerStep, peakBytes } = step.program;
    const images = `${formatCount(train.count)} training and ${formatCount(test.count)} test images`;
    const parameters = `${formatCount(trainer.model.parameterSet.count)} parameters`;
    output.notice(`Data:     ${recipe.dataset}, ${images}`);
    output.notice(`Model:    ${recipe.name}, ${settings.activation}, ${parameters}`);
    output.notice(
      `Training: ${settings.optimizer} at ${settings.learningRate}, ${settings.schedule} schedule, ` +
        `batches of ${settings.batchSize}, seed ${settings.seed}`,
    );
    output.notice(`Step:     ${dispatchesPerStep} dispatches, ${formatBytes(peakBytes)} of memory`);
    if (firstStep > 0) output.notice(`Going on after ${formatCount(firstStep)} steps.`);
    if (options.trace) process.stderr.write(`${step.program}\n`);
  }

  /** Tests and saves a training that came to its end. */
  async #finish(
    session: TrainSession,
    setup: number,
    run: string | undefined,
    signal: AbortSignal,
  ): Promise<Evaluation> {
    const { output, options, chosen, folder, engine } = this.#parts;
    const { trainer, step, log, stepsPerEpoch } = session;
    const model = await folder.write("model.safetensors", await trainer.saveModel());
    const begin = performance.now();
    const test = await session.evaluate(signal);
    const testing = performance.now() - begin;
    const record = await this.#record(session, { test });
    const result = {
      settings: chosen.settings,
      adapter: engine.device.adapter,
      steps: trainer.step,
      stepsPerEpoch,
      parameterCount: trainer.model.parameterSet.count,
      log,
      test,
      dispatchesPerStep: step.program.dispatchesPerStep,
      peakBytes: step.program.peakBytes,
      milliseconds: { setup, training: session.trainingTime, testing },
    };
    if (!output.json) {
      output.print(`\n${trainTable(result)}\n`);
      output.print("The first test image of each class: what the model says, and how sure it is.\n");
      output.print(await this.#gallery(session));
    }
    output.result(trainDocument(result, options.losses ?? false), () => {
      const again = session.cut ? [] : [`Repeat: ${commandOf(chosen, trainer.step)}`];
      const shown = run === undefined ? [] : [`Record: npx wgrad runs show ${run}`];
      return ["", `Saved:  ${model}, ${record}`, ...shown, ...again].join("\n");
    });
    return test;
  }

  async #gallery({ trainer, test }: TrainSession): Promise<string> {
    const indices = firstOfEachClass(test);
    const prediction = await trainer.predict(modelInput(test, indices));
    return predictionGallery(test, indices, prediction, this.#parts.output.columns);
  }

  #record(session: TrainSession, outcome: { test?: Evaluation; error?: unknown }): Promise<string> {
    const { chosen, folder, engine, startedAt } = this.#parts;
    const { adapter } = engine.device;
    return folder.write("run.json", runRecord({ chosen, adapter, session, startedAt, ...outcome }));
  }

  /** Where the training is saved as it goes on, if it is to be. */
  async #checkpoints(): Promise<Checkpoints | undefined> {
    const { options, folder } = this.#parts;
    const { checkpointEvery, keep } = options;
    return checkpointEvery === undefined ? undefined : Checkpoints.open(folder.path, checkpointEvery, keep);
  }

  /** The training, and what the command line needs to go on with it. */
  async #checkpointOf({ trainer, totalSteps }: TrainSession): Promise<Uint8Array> {
    const { chosen } = this.#parts;
    return withRun(await trainer.save(), { settings: chosen.settings, steps: totalSteps ?? trainer.step });
  }

  /** Saves what is needed to go on, and says how. */
  async #interrupted({ trainer, totalSteps }: TrainSession): Promise<InterruptedError> {
    const { chosen, folder, options } = this.#parts;
    const where = "train";
    if (totalSteps === undefined) {
      return new InterruptedError({
        where,
        problem: "interrupted before it had well begun; nothing is saved",
      });
    }
    const run = { settings: chosen.settings, steps: totalSteps };
    const path = await folder.write("checkpoint.safetensors", withRun(await trainer.save(), run));
    const adapter = options.adapter === undefined ? [] : ["--adapter", options.adapter];
    const command = shellCommand(["train", "--resume", path, ...adapter]);
    const problem = `interrupted after ${trainer.step} of ${totalSteps} steps`;
    return new InterruptedError({ where, problem, hint: `go on with: ${command}` });
  }
}
