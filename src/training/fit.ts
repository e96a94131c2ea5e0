import type { Dataset } from "../data/dataset_types.ts";
import type { Schedule } from "../optim/schedules/index.ts";
import type { EarlyStoppingOptions } from "./early_stopping.ts";
import { EarlyStopping } from "./early_stopping.ts";
import { EpochMeter } from "./epoch_meter.ts";
import type { EvaluateOptions, Evaluation } from "./evaluation.ts";
import type { Stretch } from "./fit_plan.ts";
import { EpochStatistics } from "./statistics/epoch_statistics.ts";
import type { EpochReport, FitOptions, SubmitsOptions } from "./trainer_options.ts";
import type { SubmitReport } from "./training_loop.ts";

/** An epoch's report, with the validation's where there is one. */
export type FitReport = EpochReport & { readonly validation?: Evaluation };

/** What a fit asks of a trainer. */
export interface FittingTrainer {
  /** Steps done. */
  readonly step: number;
  readonly schedule: Schedule;
  submits(dataset: Dataset, options: SubmitsOptions): AsyncGenerator<SubmitReport, void, void>;
  evaluate(dataset: Dataset, options?: EvaluateOptions): Promise<Evaluation>;
  /** Takes the weights as they are; the function puts them back. */
  keepWeights(): Promise<() => void>;
}

/** Trains over stretches, and yields after each epoch once everyone has been told of it. */
export async function* fitFor(
  trainer: FittingTrainer,
  dataset: Dataset,
  stretches: readonly Stretch[],
  options: FitOptions,
): AsyncGenerator<FitReport, void, void> {
  const lastStep = stretches.reduce((end, { steps }) => end + steps, trainer.step);
  const { validation, onProgress, callbacks = [], submitMilliseconds, restEvery } = options;
  const { scheduleSteps = lastStep } = options;
  const stopping = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal;
  const shared = {
    scheduleSteps,
    signal,
    ...(submitMilliseconds !== undefined && { submitMilliseconds }),
    ...(restEvery !== undefined && { restEvery }),
  };
  const meter = new EpochMeter();
  const statistics = new EpochStatistics();
  const best = options.earlyStopping && new BestEpoch(trainer, options.earlyStopping);
  for (const stretch of stretches) {
    for await (const submit of trainer.submits(dataset, { ...stretch, ...shared })) {
      const progress = { ...submit, lastStep, ...meter.add(submit) };
      statistics.add(submit.statistics ?? []);
      onProgress?.(progress);
      for (const callback of callbacks) await callback.onSubmit?.(progress);
      if (!submit.endsEpoch && submit.step < lastStep) continue;
      const layers = statistics.finish();
      const measured = layers.length > 0 && { layers };
      const means = { epoch: submit.epoch, step: submit.step, ...meter.finish(), ...measured };
      const report = validation ? { ...means, validation: await trainer.evaluate(validation) } : means;
      if (submit.endsEpoch) trainer.schedule.observe(report);
      if (submit.endsEpoch && (await best?.observe(report)) === "stop") stopping.abort();
      for (const callback of callbacks) {
        if ((await callback.onEpoch?.(report)) === "stop") stopping.abort();
      }
      yield report;
    }
  }
  best?.restore();
}

/** Keeps the weights of the best epoch, and tells when to stop. */
class BestEpoch {
  readonly #trainer: FittingTrainer;
  readonly #stopping: EarlyStopping;
  #putBack: (() => void) | undefined;

  constructor(trainer: FittingTrainer, given: EarlyStopping | EarlyStoppingOptions) {
    this.#trainer = trainer;
    this.#stopping = given instanceof EarlyStopping ? given : new EarlyStopping(given);
  }

  async observe(report: FitReport): Promise<"stop" | "go on"> {
    const { best, stop } = this.#stopping.observe(report);
    if (best && this.#stopping.restoreBest) this.#putBack = await this.#trainer.keepWeights();
    return stop ? "stop" : "go on";
  }

  restore(): void {
    this.#putBack?.();
  }
}
