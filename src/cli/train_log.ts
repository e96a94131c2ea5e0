import { type Spread, spread } from "../device/timing.ts";
import type { SubmitReport } from "../training/training_loop.ts";

/**
 * Milliseconds over which a step's time is taken. The ends of submits that overlap may be seen together, which makes
 * one seem long and the next one short.
 */
const WINDOW_MILLISECONDS = 40;

/** Steps over which a single number tells how training goes. */
export const recentSteps = 50;

/** What the steps of this run gave. */
export class TrainLog {
  readonly losses: number[] = [];
  readonly accuracies: number[] = [];
  submits = 0;
  readonly #stepTimes: number[] = [];
  #window = { steps: 0, milliseconds: 0 };

  add({ losses, accuracies, milliseconds }: SubmitReport): void {
    this.submits++;
    this.losses.push(...losses);
    this.accuracies.push(...accuracies);
    this.#addTime(losses.length, milliseconds);
  }

  /** Mean over the last steps; NaN before the first. */
  get loss(): number {
    return recentMean(this.losses);
  }

  get accuracy(): number {
    return recentMean(this.accuracies);
  }

  /** Milliseconds of a step: a value every few submits. */
  get stepTime(): Spread {
    return spread(this.#times());
  }

  /** Milliseconds of a step once it runs: the first submits warm up. */
  get steadyStepTime(): number {
    const times = this.#times();
    return spread(times.length > 1 ? times.slice(1) : times).median;
  }

  #addTime(steps: number, milliseconds: number): void {
    this.#window = {
      steps: this.#window.steps + steps,
      milliseconds: this.#window.milliseconds + milliseconds,
    };
    if (this.#window.milliseconds < WINDOW_MILLISECONDS) return;
    this.#stepTimes.push(this.#window.milliseconds / this.#window.steps);
    this.#window = { steps: 0, milliseconds: 0 };
  }

  /** What is in the last window counts only where there is no other. */
  #times(): readonly number[] {
    const { steps, milliseconds } = this.#window;
    return this.#stepTimes.length === 0 && steps > 0 ? [milliseconds / steps] : this.#stepTimes;
  }
}

function recentMean(values: readonly number[]): number {
  const recent = values.slice(-recentSteps);
  return recent.reduce((sum, value) => sum + value, 0) / recent.length;
}
