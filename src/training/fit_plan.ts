import { UsageError } from "../device/errors.ts";
import { wantedLength } from "./trainer_checks.ts";
import type { FitOptions } from "./trainer_options.ts";

/** Steps of a fit that have one batch size. */
export interface Stretch {
  readonly batchSize: number;
  readonly steps: number;
}

/** Where a fit begins, and how long an epoch is. */
export interface FitBeginning {
  /** Epochs over. */
  readonly epoch: number;
  batchesPerEpoch(batchSize: number): number;
  /** Steps that the epoch under way has had already, if it is one of such batches. */
  stepsDone(batchSize: number): number;
}

/**
 * The stretches of a fit, one after the other: a single one, or an epoch each where a schedule chooses batch sizes.
 * @throws UsageError where the length is not said once, or a schedule of batch sizes has no epochs to go by
 */
export function stretchesOf(options: FitOptions, at: FitBeginning): Stretch[] {
  const { batchSize, batchSchedule } = options;
  const { count, unit } = wantedLength(options);
  if (batchSchedule) {
    if (options.steps !== undefined) {
      const hint = "give epochs in place of steps";
      throw new UsageError({ where: "fit(batchSchedule)", problem: "it goes by epochs", hint });
    }
    return Array.from({ length: count }, (_, epoch) => {
      const place = { epoch: at.epoch + epoch, totalEpochs: at.epoch + count };
      const size = batchSchedule.batchSize(batchSize, place);
      const done = epoch === 0 ? at.stepsDone(size) : 0;
      return { batchSize: size, steps: at.batchesPerEpoch(size) - done };
    });
  }
  if (unit === "steps" || count === 0) return [{ batchSize, steps: count }];
  return [{ batchSize, steps: count * at.batchesPerEpoch(batchSize) - at.stepsDone(batchSize) }];
}
