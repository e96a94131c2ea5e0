import type { AdapterSummary } from "../device/adapter.ts";
import type { Evaluation } from "../training/evaluation.ts";
import type { ChosenRun, TrainSettings } from "./train_options.ts";
import type { TrainSession } from "./train_session.ts";
import { versions } from "./versions.ts";

export interface RecordParts {
  readonly chosen: ChosenRun;
  readonly adapter: AdapterSummary;
  readonly session: TrainSession;
  readonly startedAt: Date;
  readonly test?: Evaluation;
  /** Why it did not end well. */
  readonly error?: unknown;
}

/** The content of `run.json`: all that it takes to understand a run later and to repeat it. */
export function runRecord({ chosen, adapter, session, startedAt, test, error }: RecordParts): string {
  const { log, step, trainer, firstStep } = session;
  const { min, median, max } = log.stepTime;
  const record = {
    startedAt: startedAt.toISOString(),
    versions: versions(),
    adapter,
    settings: chosen.settings,
    optimizer: { name: trainer.optimizer.name, ...trainer.optimizer.settings },
    firstStep,
    steps: trainer.step,
    plannedSteps: session.totalSteps ?? null,
    error: error === undefined ? null : String(error instanceof Error ? error.message : error),
    parameterCount: trainer.model.parameterSet.count,
    loss: log.loss,
    testLoss: test?.loss ?? null,
    testAccuracy: test?.accuracy ?? null,
    trainingMilliseconds: session.trainingTime,
    stepMilliseconds: { min, median, max },
    dispatchesPerStep: step.program.dispatchesPerStep,
    peakBytes: step.program.peakBytes,
    submits: log.submits,
    losses: log.losses,
    accuracies: log.accuracies,
  };
  return `${JSON.stringify(record, null, 1)}\n`;
}

/** The command that trains like this, as a shell takes it. */
export function commandOf({ recipe, settings }: ChosenRun, steps: number): string {
  const { defaults } = recipe;
  const flags: [flag: string, value: string | number | null, standard: string | number | null][] = [
    ["--batch", settings.batchSize, defaults.batchSize],
    ["--limit", settings.limit, null],
    ["--activation", settings.activation, defaults.activation],
    ["--optimizer", settings.optimizer, defaults.optimizer],
    ["--lr", settings.learningRate, rateWithoutFlag(recipe, settings)],
    ["--seed", settings.seed, 0],
  ];
  const given = flags.flatMap(([flag, value, standard]) => (value === standard ? [] : [flag, String(value)]));
  return shellCommand(["train", recipe.name, "--steps", String(steps), ...given]);
}

function rateWithoutFlag(
  { defaults, learningRates }: ChosenRun["recipe"],
  { optimizer }: TrainSettings,
): number {
  return optimizer === defaults.optimizer ? defaults.learningRate : learningRates[optimizer];
}

/** A command line of wgrad. */
export function shellCommand(words: readonly string[]): string {
  const quoted = words.map((word) => {
    return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  });
  return ["npx", "wgrad", ...quoted].join(" ");
}
