import { GpuDatasets } from "../data/gpu_dataset.ts";
import type { Engine } from "../plan/engine.ts";
import { Trainer } from "./trainer.ts";
import type { TrainerOptions, TrainerSetting } from "./trainer_options.ts";

/**
 * A trainer of a model on an engine: `engine.trainer(…)` as a function.
 * @param setting what the trainer takes where its options say nothing: by default the seed 0, and submits of 50 ms, which leave
 *   a page responsive
 */
export function createTrainer(
  engine: Engine,
  options: TrainerOptions,
  setting: Partial<Omit<TrainerSetting, "datasets">> = {},
): Trainer {
  const { seed = 0, submitMilliseconds = 50 } = setting;
  return new Trainer(engine, options, { datasets: GpuDatasets.on(engine), seed, submitMilliseconds });
}
