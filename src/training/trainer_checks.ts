import type { Dataset } from "../data/dataset_types.ts";
import { ShapeError, UsageError } from "../device/errors.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape } from "../kernels/types.ts";
import type { Loss } from "../nn/losses.ts";
import type { ParameterConstraint } from "../optim/gradient_transform.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { Watch } from "./statistics/watch.ts";
import type { FitOptions, TrainerOptions } from "./trainer_options.ts";

/** @throws UsageError where the loss compares with what the dataset does not have */
export function expectPair(loss: Loss, { name, target }: Dataset): void {
  if (loss.target === target.kind) return;
  throw new UsageError({
    where: `trainer(${loss.title})`,
    problem: `this loss compares with ${loss.target}, and the targets of ${name} are ${target.kind}`,
    hint: `use losses.${target.kind === "labels" ? "crossEntropy" : "meanSquaredError"}(), or compile a step of your own`,
  });
}

/** @throws ShapeError unless the model's output tells all classes apart, or is one number for each value */
export function expectOutputs({ name, target }: Dataset, outputShape: Shape): void {
  const [size = 0] = outputShape;
  const labels = target.kind === "labels";
  const wanted = labels ? target.classes.length : target.names.length;
  if (outputShape.length === 1 && (labels ? size >= wanted : size === wanted)) return;
  throw new ShapeError({
    where: `trainer(${name})`,
    problem: `the model does not end with an output for each ${labels ? "class" : "value"}`,
    got: formatShape(outputShape),
    expected: `[${wanted}]`,
    hint: `end with dense(${wanted})`,
  });
}

/** @throws UsageError */
export function expectParts(accumulate: number): void {
  if (Number.isInteger(accumulate) && accumulate >= 1) return;
  throw new UsageError({
    where: "trainer(accumulate)",
    problem: "wrong number of parts",
    got: String(accumulate),
    expected: "an integer of at least 1",
  });
}

/** @throws UsageError where the parts of a batch would differ in size */
export function expectWholeParts(batchSize: number, accumulate: number): void {
  if (batchSize % accumulate === 0) return;
  throw new UsageError({
    where: "trainer(accumulate)",
    problem: "the batch does not fall into equal parts",
    got: `${accumulate} parts of ${batchSize} examples`,
    expected: "a divisor of the batch size",
  });
}

/** How long a fit goes on. @throws UsageError where it is not said once, by an integer */
export function wantedLength({ epochs, steps }: FitOptions): { count: number; unit: "epochs" | "steps" } {
  const where = "fit";
  if (steps !== undefined && epochs !== undefined) {
    throw new UsageError({ where, problem: "both epochs and steps are given", hint: "give one of them" });
  }
  const count = steps ?? epochs ?? 1;
  if (!Number.isSafeInteger(count) || count < 0) {
    const problem = "wrong number of epochs or steps";
    throw new UsageError({ where, problem, got: String(count), expected: "an integer of at least 0" });
  }
  return { count, unit: steps === undefined ? "epochs" : "steps" };
}

/** @throws UsageError where activations are to be watched, which are of parts of a batch */
export function watchOf(options: TrainerOptions["watch"] = false, accumulate: number): Watch | undefined {
  if (options === false) return undefined;
  const watch = new Watch(options === true ? {} : options);
  if (accumulate === 1 || !watch.options.activations) return watch;
  throw new UsageError({
    where: "trainer(watch)",
    problem: "activations are watched in whole batches only",
    got: `accumulate ${accumulate}`,
    hint: "watch { activations: false }, or take accumulate 1",
  });
}

/** @throws UsageError where an optimizer that asks for one and the same batch would get another each time */
export function expectBatch(optimizer: Optimizer, { name, count, unit }: Dataset, batchSize: number): void {
  if (!optimizer.wholeBatch || batchSize === count) return;
  throw new UsageError({
    where: `trainer(${optimizer.name}, ${name})`,
    problem: "it takes the whole dataset at each step",
    got: `batches of ${batchSize}`,
    expected: `${count} ${unit}`,
    hint: "take a smaller dataset, and its count as the batch size",
  });
}

/** @throws UsageError where the steps of an optimizer that remembers them would not be its own */
export function expectFree(
  { name, wholeBatch }: Optimizer,
  constraint: ParameterConstraint | undefined,
): void {
  if (!wholeBatch || !constraint) return;
  const hint = "leave the constraint out, or take another optimizer";
  throw new UsageError({
    where: `trainer(${name}, ${constraint.name})`,
    problem: "the constraint would change its steps",
    hint,
  });
}
