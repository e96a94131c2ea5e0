import type { Settings } from "../gradient_transform.ts";
import { checkPositive, checkSetting } from "./schedule.ts";
import { checkMilestones, reached } from "./step_decays.ts";

/** Where a training is when an epoch begins. */
export interface BatchPoint {
  /** Epochs that are over. */
  readonly epoch: number;
  readonly totalEpochs: number;
}

/** Chooses the batch size of each epoch. */
export interface BatchSchedule {
  readonly name: string;
  readonly settings: Settings;
  /** @param batchSize that the training began with */
  batchSize(batchSize: number, at: BatchPoint): number;
}

export interface IncreaseBatchSizeOptions {
  /** Epochs at which it grows, rising; below 1, shares of the run. [0.3, 0.6, 0.8] by default. */
  readonly milestones?: readonly number[];
  /** What each growth multiplies with; 5 by default. */
  readonly multiplier?: number;
  /** The largest batch; the paper keeps it below a tenth of the training set. No bound by default. */
  readonly most?: number;
}

/**
 * A larger batch in place of a smaller learning rate: at each milestone the batch grows by what a step schedule would
 * divide the rate by. Smith, Kindermans, Ying and Le, "Don't decay the learning rate, increase the batch size", ICLR 2018;
 * by default its section 5.1: five times as many at epochs 60, 120 and 160 of 200.
 * @throws UsageError where an option is out of range
 */
export function increaseBatchSize(options: IncreaseBatchSizeOptions = {}): BatchSchedule {
  const { milestones = [0.3, 0.6, 0.8], multiplier = 5, most = Number.POSITIVE_INFINITY } = options;
  const name = "increaseBatchSize";
  checkMilestones(name, milestones);
  checkPositive(name, "multiplier", multiplier);
  checkSetting(name, "most", most, most >= 1, "at least 1");
  const bound = Number.isFinite(most) ? { most } : {};
  return {
    name: "increase-batch-size",
    settings: { milestones: milestones.join(" "), multiplier, ...bound },
    batchSize: (batchSize, { epoch, totalEpochs }) => {
      const grown = Math.round(batchSize * multiplier ** reached(milestones, epoch, totalEpochs));
      return Math.max(1, Math.min(grown, Math.max(batchSize, Math.floor(most))));
    },
  };
}
