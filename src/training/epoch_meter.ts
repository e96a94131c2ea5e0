import type { SubmitReport } from "./training_loop.ts";

/** What a submit is to a meter. */
export type MeteredSubmit = Pick<SubmitReport, "losses" | "accuracies" | "absoluteErrors" | "milliseconds">;

/** Means over steps. */
export interface StepMeans {
  readonly loss: number;
  /** NaN where targets are values. */
  readonly accuracy: number;
  /** Where targets are values. */
  readonly meanAbsoluteError?: number;
}

/** Sums up submits to an epoch, in f64. */
export class EpochMeter {
  #steps = 0;
  #loss = 0;
  #accuracy = 0;
  #absoluteError: number | undefined;
  #milliseconds = 0;

  /** Takes a submit in and gives its own means. */
  add({ losses, accuracies, absoluteErrors, milliseconds }: MeteredSubmit): StepMeans {
    const loss = total(losses);
    const accuracy = total(accuracies);
    const absoluteError = absoluteErrors && total(absoluteErrors);
    this.#steps += losses.length;
    this.#loss += loss;
    this.#accuracy += accuracy;
    if (absoluteError !== undefined) this.#absoluteError = (this.#absoluteError ?? 0) + absoluteError;
    this.#milliseconds += milliseconds;
    return means(losses.length, loss, accuracy, absoluteError);
  }

  /** The means since the last call. */
  finish(): StepMeans & { milliseconds: number } {
    const own = means(this.#steps, this.#loss, this.#accuracy, this.#absoluteError);
    const result = { ...own, milliseconds: this.#milliseconds };
    this.#steps = this.#loss = this.#accuracy = this.#milliseconds = 0;
    this.#absoluteError = undefined;
    return result;
  }
}

function means(steps: number, loss: number, accuracy: number, absoluteError: number | undefined): StepMeans {
  const shared = { loss: loss / steps, accuracy: accuracy / steps };
  return absoluteError === undefined ? shared : { ...shared, meanAbsoluteError: absoluteError / steps };
}

const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
