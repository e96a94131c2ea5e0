import type { SubmitReport } from "./training_loop.ts";

/** Sums up submits to an epoch, in f64. */
export class EpochMeter {
  #steps = 0;
  #loss = 0;
  #accuracy = 0;
  #milliseconds = 0;

  /** Takes a submit in and gives its own means. */
  add({ losses, accuracies, milliseconds }: Pick<SubmitReport, "losses" | "accuracies" | "milliseconds">): {
    loss: number;
    accuracy: number;
  } {
    const loss = total(losses);
    const accuracy = total(accuracies);
    this.#steps += losses.length;
    this.#loss += loss;
    this.#accuracy += accuracy;
    this.#milliseconds += milliseconds;
    return { loss: loss / losses.length, accuracy: accuracy / losses.length };
  }

  /** The means since the last call. */
  finish(): { loss: number; accuracy: number; milliseconds: number } {
    const result = {
      loss: this.#loss / this.#steps,
      accuracy: this.#accuracy / this.#steps,
      milliseconds: this.#milliseconds,
    };
    this.#steps = this.#loss = this.#accuracy = this.#milliseconds = 0;
    return result;
  }
}

const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
