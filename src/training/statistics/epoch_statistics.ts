import type { LayerStatistics } from "./layer_statistics.ts";
import type { StepStatistics } from "./watch.ts";

/** Fields that an epoch's statistics are means of. */
const averaged = [
  "l1",
  "l2",
  "max",
  "mean",
  "meanMagnitude",
  "belowThousandth",
  "belowHundredThousandth",
  "nonFinite",
  "updateRatio",
  "saturation",
] as const satisfies readonly (keyof LayerStatistics)[];

/**
 * Averages of an epoch's steps, as `vanishing` takes them: the mean of the steps' norms, not the norm of a mean (section
 * 4.4.1, "average gradient norm"). The dead share is the last step's: by then every example was seen.
 */
export class EpochStatistics {
  #steps = 0;
  #sums: number[][] = [];
  #last: readonly LayerStatistics[] = [];

  /** Steps that were added since `finish`. */
  get steps(): number {
    return this.#steps;
  }

  add(steps: readonly StepStatistics[]): void {
    for (const { layers } of steps) {
      layers.forEach((layer, index) => {
        const sums = this.#sums[index] ?? [];
        averaged.forEach((field, at) => {
          sums[at] = (sums[at] ?? 0) + (layer[field] ?? 0);
        });
        this.#sums[index] = sums;
      });
      this.#last = layers;
      this.#steps++;
    }
  }

  /** A row a layer, and begins anew; empty where no step was added. */
  finish(): LayerStatistics[] {
    const [steps, sums, last] = [this.#steps, this.#sums, this.#last];
    this.#steps = 0;
    this.#sums = [];
    this.#last = [];
    return last.map((layer, index) => {
      const means = averaged.map((field, at) => {
        const mean = (sums[index]?.[at] ?? 0) / steps;
        return [field, layer[field] === null ? null : mean] as const;
      });
      return { ...layer, ...Object.fromEntries(means) };
    });
  }
}
