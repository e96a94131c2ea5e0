import type { AdapterSummary } from "../device/adapter.ts";
import type { Evaluation } from "../training/evaluation.ts";
import { learningRateOf } from "../training/recipes.ts";
import { trainFlags } from "./train_flags.ts";
import type { ChosenRun } from "./train_options.ts";
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
  const standard: Readonly<Record<string, unknown>> = {
    ...defaults,
    learningRate: learningRateOf(recipe, settings.optimizer),
  };
  const chosen: [flag: string, value: unknown, standard: unknown][] = [
    ["--limit", settings.limit, null],
    ["--seed", settings.seed, 0],
    ...trainFlags.map(({ flag, field }): [string, unknown, unknown] => [
      flag.split(" ")[0] ?? "",
      settings[field],
      standard[field],
    ]),
  ];
  const given = chosen.flatMap(([flag, value, usual]) =>
    String(value) === String(usual) ? [] : [flag, String(value)],
  );
  return shellCommand(["train", recipe.name, "--steps", String(steps), ...given]);
}

/** A command line of wgrad. */
export function shellCommand(words: readonly string[]): string {
  const quoted = words.map((word) => {
    return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  });
  return ["npx", "wgrad", ...quoted].join(" ");
}
