import { gradient } from "../autograd/gradient.ts";
import type { Augmentation } from "../data/augmentation/augmentation.ts";
import type { Batch } from "../data/dataset_types.ts";
import type { GpuDataset } from "../data/gpu_dataset.ts";
import type { Update } from "../graph/graph.ts";
import { scalar } from "../graph/leaves.ts";
import { inLayer } from "../graph/place.ts";
import type { Tensor } from "../graph/tensor.ts";
import { BufferUpdates } from "../nn/buffers.ts";
import type { Loss } from "../nn/losses.ts";
import type { ForwardContext, Model } from "../nn/module.ts";
import { add } from "../ops/add.ts";
import { mul } from "../ops/mul.ts";
import { slice } from "../ops/slice.ts";
import type { GradientTransform, ParameterConstraint } from "../optim/gradient_transform.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { WeightAverage } from "../optim/weight_average.ts";
import type { StepResult } from "../plan/engine.ts";
import type { BatchColumn } from "./batch_sums.ts";
import { batchSums } from "./batch_sums.ts";
import type { History } from "./history.ts";
import type { Sentinel } from "./recovery/sentinel.ts";
import type { Watch } from "./statistics/watch.ts";
import type { WatchedStep } from "./statistics/watched_step.ts";

/** What a step does besides forward, backward and the optimizer's own update. */
export interface StepRules {
  /** Parts that a batch is worked off in, one after the other; their gradients are averaged. */
  readonly accumulate: number;
  readonly gradientTransforms: readonly GradientTransform[];
  readonly constraint: ParameterConstraint | undefined;
  readonly average: WeightAverage | undefined;
  /** Changes the batch first. */
  readonly augmentation: Augmentation | undefined;
  /** Measures gradients, updates and activations at each step. */
  readonly watch: Watch | undefined;
}

/** Nothing besides. */
export const plainRules: StepRules = {
  accumulate: 1,
  gradientTransforms: [],
  constraint: undefined,
  average: undefined,
  augmentation: undefined,
  watch: undefined,
};

/** What a training step is made of; the model has been built. */
export interface TrainingParts {
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly rules: StepRules;
  /** Where each step leaves its loss and its hits. */
  readonly history: History<BatchColumn>;
  /** Watches what each step overwrites. */
  readonly sentinel?: Sentinel | undefined;
}

/** A whole training step on the device: the batch from the dataset, forward, loss, gradients, update, metrics. */
export function trainingStep(parts: TrainingParts, dataset: GpuDataset, batchSize: number): StepResult {
  const { optimizer, model, rules, history } = parts;
  const buffers = new BufferUpdates();
  const watched = rules.watch?.begin();
  const drawn = dataset.batch(batchSize, "epoch");
  const whole = rules.augmentation?.apply(drawn) ?? drawn;
  const results = partsOf(whole, rules.accumulate).map((batch, part) =>
    backward(
      parts,
      batch,
      { training: true, buffers, part, ...(watched && { observe: watched.observe }) },
      watched,
    ),
  );
  const { loss, gradients, observed, sums } = merged(results);
  const parameters = model.parameterSet;
  const transform = (flat: Tensor): Tensor =>
    rules.gradientTransforms.reduce((values, rule) => rule.apply(values, parameters), flat);
  const updates = followed(optimizer.update(parameters, gradients, { transform, loss }), parts);
  const measured = watched?.updates({ parameters, gradients, observed, updates }) ?? [];
  const written = [...updates, ...buffers.updates];
  const guarded = parts.sentinel ? [parts.sentinel.record(written, parameters)] : [];
  return { updates: [...written, ...measured, history.record(sums), ...guarded] };
}

/** What a batch, or a part of one, gives. */
interface PartResult {
  /** The mean over its examples. */
  readonly loss: Tensor;
  /** One for each parameter. */
  readonly gradients: readonly Tensor[];
  /** With respect to what is watched besides. */
  readonly observed: readonly Tensor[];
  readonly sums: Readonly<Record<BatchColumn, Tensor>>;
}

function backward(
  { model, loss: lossOf }: TrainingParts,
  { x, y }: Batch,
  context: ForwardContext,
  watched: WatchedStep | undefined,
): PartResult {
  const prediction = model.forward(x, context);
  const loss = inLayer("loss", () => lossOf(prediction, y));
  const { tensors } = model.parameterSet;
  const all = gradient(loss, [...tensors, ...(watched?.inputs ?? [])]);
  const [gradients, observed] = [all.slice(0, tensors.length), all.slice(tensors.length)];
  return { loss, gradients, observed, sums: inLayer("loss", () => batchSums(lossOf, prediction, { y })) };
}

/** Equal parts of a batch, cut along its examples. */
function partsOf({ x, y }: Batch, count: number): Batch[] {
  if (count === 1) return [{ x, y }];
  const size = (x.shape[0] ?? 0) / count;
  return Array.from({ length: count }, (_, part) => {
    const range = [{ start: part * size, stop: (part + 1) * size }];
    return { x: slice(x, range), y: slice(y, range) };
  });
}

/** Means of loss and gradients, sums of sums. */
function merged(results: readonly PartResult[]): PartResult {
  const [first] = results;
  if (!first) throw new Error("internal: a step without a batch");
  if (results.length === 1) return first;
  const total = (values: readonly Tensor[]): Tensor => values.reduce((sum, value) => add(sum, value));
  const mean = (values: readonly Tensor[]): Tensor => mul(total(values), scalar(1 / results.length));
  const gradients = first.gradients.map((_, index) =>
    mean(results.flatMap((result) => result.gradients.slice(index, index + 1))),
  );
  const sums = {
    loss: total(results.map((result) => result.sums.loss)),
    score: total(results.map((result) => result.sums.score)),
  };
  return { loss: mean(results.map((result) => result.loss)), gradients, observed: [], sums };
}

/** The constraint acts on what the optimizer made of the parameters, and the average follows. */
function followed(updates: readonly Update[], { model, rules }: TrainingParts): Update[] {
  const { constraint, average } = rules;
  const parameters = model.parameterSet;
  return updates.flatMap(({ state, value }) => {
    if (state !== parameters.state) return [{ state, value }];
    const kept = constraint ? constraint.apply(value, parameters) : value;
    return [{ state, value: kept }, ...(average ? [average.update(parameters, kept)] : [])];
  });
}
