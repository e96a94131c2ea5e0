import { gradient } from "../autograd/gradient.ts";
import type { GpuDataset } from "../data/gpu_dataset.ts";
import { BufferUpdates } from "../nn/buffers.ts";
import type { Loss } from "../nn/losses.ts";
import type { Model } from "../nn/module.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { StepResult } from "../plan/engine.ts";
import type { BatchColumn } from "./batch_sums.ts";
import { batchSums } from "./batch_sums.ts";
import type { History } from "./history.ts";

/** What a training step is made of; the model has been built. */
export interface TrainingParts {
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Where each step leaves its loss and its hits. */
  readonly history: History<BatchColumn>;
}

/** A whole training step on the device: the batch from the dataset, forward, loss, gradients, update, metrics. */
export function trainingStep(
  { model, loss, optimizer, history }: TrainingParts,
  dataset: GpuDataset,
  batchSize: number,
): StepResult {
  const { x, y } = dataset.batch(batchSize, "epoch");
  const buffers = new BufferUpdates();
  const prediction = model.forward(x, { training: true, buffers });
  const parameters = model.parameterSet;
  const gradients = gradient(loss(prediction, y), parameters.tensors);
  const recorded = history.record(batchSums(loss, prediction, y));
  return { updates: [...optimizer.update(parameters, gradients), ...buffers.updates, recorded] };
}
