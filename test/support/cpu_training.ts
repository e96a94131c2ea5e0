import { gradient } from "../../src/autograd/gradient.ts";
import type { ImageDataset } from "../../src/data/dataset.ts";
import { GpuDataset, orderOfEpoch } from "../../src/data/gpu_dataset.ts";
import type { State } from "../../src/graph/leaves.ts";
import { seedWords } from "../../src/kernels/philox.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import { BufferUpdates } from "../../src/nn/buffers.ts";
import type { Loss } from "../../src/nn/losses.ts";
import type { Model } from "../../src/nn/module.ts";
import type { Optimizer } from "../../src/optim/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

interface CpuTraining {
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly dataset: ImageDataset;
  readonly batchSize: number;
  readonly seed: number;
  readonly steps: number;
}

/**
 * The first epoch's losses, or those of any number of whole batches, computed in f64 by the references: no engine, no
 * planner, no kernel.
 */
export function trainOnCpu({
  model,
  loss,
  optimizer,
  dataset,
  batchSize,
  seed,
  steps,
}: CpuTraining): number[] {
  const parameters = model.build(dataset.shape, { seed });
  const gpu = new GpuDataset(dataset);
  const { x, y } = gpu.batch(batchSize, "epoch");
  const buffers = new BufferUpdates();
  const value = loss(model.forward(x, { training: true, buffers }), y);
  const trained = optimizer.update(parameters, gradient(value, parameters.tensors), { loss: value });
  const updates = [...trained, ...buffers.updates];
  const states = new Map<State, TypedArray>([[gpu.order, orderOfEpoch(dataset.count, seed, 0)]]);
  const [seedLow, seedHigh] = seedWords(seed);
  return Array.from({ length: steps }, (_, index) => {
    const own = optimizer.stepValues(index + 1, optimizer.learningRate);
    const batchStart = optimizer.wholeBatch ? 0 : index * batchSize;
    const step = { ...firstStep, index, seedLow, seedHigh, batchStart, ...own };
    const wanted = [value, ...updates.map((update) => update.value)];
    const [lossNow, ...updated] = evaluateOnCpu(wanted, { states, step });
    updates.forEach(({ state }, at) => {
      states.set(state, updated[at] ?? new Float32Array());
    });
    return lossNow?.[0] ?? Number.NaN;
  });
}
