import type { Schedule } from "../optim/schedules/index.ts";
import { formatCount, formatDuration } from "./format.ts";
import type { Wish } from "./train_options.ts";

/** Steps that are timed where the number of steps follows from a budget. They belong to the run. */
export const probeSteps = 10;

/** Seconds of training unless told otherwise. */
const defaultBudgetSeconds = 60;

/** Seconds of training and testing together that the default budget keeps to: on a slow machine it shrinks. */
const defaultWholeSeconds = 68;

/** What an image costs in a test, of what it costs in training: no gradients, no update. */
const testShare = 0.5;

/** Beyond these, more time brings little. */
const mostEpochs = 10;

/** How far beyond its budget a training may go before it is cut: a machine may slow down after it was timed. */
export const budgetTolerance = 1.25;

/**
 * A schedule that begins only after the probe, since the total is not known before. All runs use it, so that
 * `--steps` repeats a budgeted run bit for bit.
 */
export function afterProbe(schedule: Schedule): Schedule {
  return {
    ...schedule,
    factor: (at) => schedule.factor(at.step < probeSteps ? { ...at, step: 0, epoch: 0 } : at),
    check: (run) => {
      // While it is timed, the run looks no longer than the probe.
      if (run.totalSteps > probeSteps) schedule.check(run);
    },
  };
}

/** The steps of the whole training where no budget decides; else undefined. */
export function stepsOf({ steps, epochs }: Wish, stepsPerEpoch: number): number | undefined {
  if (steps !== undefined || epochs === undefined) return steps;
  return Math.max(1, Math.round(epochs * stepsPerEpoch));
}

export interface Probe {
  readonly millisecondsPerStep: number;
  /** Of the budget, by the first steps. */
  readonly secondsSpent: number;
  /** The images to test, in steps of training. */
  readonly testSteps: number;
}

export interface BudgetedSteps {
  readonly steps: number;
  readonly budgetSeconds: number;
  /** What was chosen and why. */
  readonly sentence: string;
}

/** The number of steps that fits a budget; at most ten epochs unless the budget was asked for. */
export function stepsWithin(wish: Wish, probe: Probe, stepsPerEpoch: number, adapter: string): BudgetedSteps {
  const { millisecondsPerStep, secondsSpent } = probe;
  const budget = wish.budgetSeconds ?? budgetFor(probe);
  const more = Math.max(0, Math.floor(((budget - secondsSpent) * 1000) / millisecondsPerStep));
  const fitting = roundDown(probeSteps + more);
  const most = wish.budgetSeconds === undefined ? mostEpochs * stepsPerEpoch : Number.POSITIVE_INFINITY;
  const steps = Math.max(probeSteps, Math.min(fitting, most));
  const speed = `about ${formatStepTime(millisecondsPerStep)} a step on this ${adapter}`;
  const amount = `${formatCount(steps)} steps (${formatEpochs(steps / stepsPerEpoch)})`;
  const seconds = (steps * millisecondsPerStep) / 1000;
  const chosen =
    fitting > most
      ? `${amount} take about ${formatDuration(seconds)}`
      : `${amount} fit the ${formatDuration(budget)} budget`;
  return { steps, budgetSeconds: budget, sentence: `${speed}: ${chosen}; --steps or --epochs overrides` };
}

/** The default: a first run on a software adapter, tests and all, ends well within two and a half minutes. */
function budgetFor({ millisecondsPerStep, testSteps }: Probe): number {
  const testSeconds = (testSteps * millisecondsPerStep * testShare) / 1000;
  return Math.round(Math.min(defaultBudgetSeconds, Math.max(20, defaultWholeSeconds - testSeconds)));
}

/** `0.43 epochs`, `1 epoch`, `10 epochs`. */
export function formatEpochs(epochs: number): string {
  const shown = epochs < 10 ? Number(epochs.toPrecision(2)) : Math.round(epochs);
  return `${shown} ${shown === 1 ? "epoch" : "epochs"}`;
}

/** A number of steps that people can read; never more. */
const roundDown = (steps: number): number => (steps < 100 ? steps : Math.floor(steps / 10) * 10);

/** Milliseconds as `0.21 s`, `8.3 ms` or `120 ms`. */
export function formatStepTime(milliseconds: number): string {
  if (milliseconds >= 200) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(2)} ms`;
}
