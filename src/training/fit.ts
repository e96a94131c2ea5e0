import type { Dataset } from "../data/dataset_types.ts";
import { EpochMeter } from "./epoch_meter.ts";
import type { EvaluateOptions, Evaluation } from "./evaluation.ts";
import type { EpochReport, FitOptions, SubmitsOptions } from "./trainer_options.ts";
import type { SubmitReport } from "./training_loop.ts";

/** An epoch's report, with the validation's where there is one. */
export type FitReport = EpochReport & { readonly validation?: Evaluation };

/** What a fit asks of a trainer. */
export interface FittingTrainer {
  /** Steps done. */
  readonly step: number;
  submits(dataset: Dataset, options: SubmitsOptions): AsyncGenerator<SubmitReport, void, void>;
  evaluate(dataset: Dataset, options?: EvaluateOptions): Promise<Evaluation>;
}

/**
 * Trains for some steps, and yields after each epoch once everyone has been told of it.
 * @param steps from here
 */
export async function* fitFor(
  trainer: FittingTrainer,
  dataset: Dataset,
  steps: number,
  options: FitOptions,
): AsyncGenerator<FitReport, void, void> {
  const { validation, onProgress, callbacks = [], epochs: _, ...rest } = options;
  const lastStep = trainer.step + steps;
  const stopping = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal;
  const meter = new EpochMeter();
  for await (const submit of trainer.submits(dataset, { ...rest, steps, signal })) {
    const progress = { ...submit, lastStep, ...meter.add(submit) };
    onProgress?.(progress);
    for (const callback of callbacks) await callback.onSubmit?.(progress);
    if (!submit.endsEpoch && submit.step < lastStep) continue;
    const means = { epoch: submit.epoch, step: submit.step, ...meter.finish() };
    const report = validation ? { ...means, validation: await trainer.evaluate(validation) } : means;
    for (const callback of callbacks) {
      if ((await callback.onEpoch?.(report)) === "stop") stopping.abort();
    }
    yield report;
  }
}
