/** Every optimizer that a command line can name, in a training of the engine's own. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import { add } from "../../src/ops/add.ts";
import type { GradientTransform, OptimizerName } from "../../src/optim/index.ts";
import { optimizerNamed, optimizerNames } from "../../src/optim/index.ts";
import type { Trainer } from "../../src/training/trainer.ts";
import type { FitOptions } from "../../src/training/trainer_options.ts";
import { trainOnCpu } from "../support/cpu_training.ts";
import { toyImages } from "../support/toy_images.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
let engine: WgradEngine;
beforeAll(async () => {
  engine = await createEngine({ seed: 11, adapter: process.env["WGRAD_ADAPTER"] });
});
afterAll(() => engine.dispose());

const train = toyImages(40);
const steps = 10;
/** So small that the first epoch of batches of 4 has all the steps; L-BFGS takes the whole set. */
const batchOf = (name: OptimizerName): number => (name === "lbfgs" ? train.count : 4);
const model = () => nn.sequential([nn.flatten(), nn.dense(6), nn.tanh(), nn.dense(4)]);
const loss = losses.crossEntropy();
const trainerOf = (name: OptimizerName): Trainer =>
  engine.trainer({ model: model(), loss, optimizer: optimizerNamed(name) });

async function lossesOf(trainer: Trainer, batchSize: number, count: number): Promise<number[]> {
  const seen: number[] = [];
  const options = { batchSize, steps: count, scheduleSteps: steps };
  for await (const submit of trainer.submits(train, options)) seen.push(...submit.losses);
  return seen;
}

describe.each(optimizerNames)("%s", (name) => {
  const batchSize = batchOf(name);

  test("has the losses of the f64 references, learns, and goes on from a checkpoint bit for bit", async () => {
    const straight = trainerOf(name);
    const before = (await buildAndEvaluate(straight)).loss;
    const got = await lossesOf(straight, batchSize, steps);
    const setting = { model: model(), loss, optimizer: optimizerNamed(name), dataset: train };
    const expected = trainOnCpu({ ...setting, batchSize, seed: 11, steps });
    expect(got).toHaveLength(steps);
    expected.forEach((value, step) => {
      expect(Math.abs((got[step] ?? Number.NaN) - value), `step ${step}`).toBeLessThan(1e-4 * (step + 1));
    });
    expect((await straight.evaluate(train)).loss).toBeLessThan(before);

    const first = trainerOf(name);
    await lossesOf(first, batchSize, 5);
    const second = trainerOf(name);
    second.load(await first.save());
    expect(await lossesOf(second, batchSize, steps - 5)).toEqual(got.slice(5));
    expect(await second.saveModel()).toEqual(await straight.saveModel());
  });
});

async function buildAndEvaluate(trainer: Trainer) {
  trainer.build(train.shape);
  return trainer.evaluate(train);
}

/** A transform that leaves a value in every element that is no parameter's, and gradients as they are. */
const between = (value: number): GradientTransform => ({
  name: "dirt",
  settings: {},
  apply: (gradients, { parameters, length }) => {
    const dirt = new Float32Array(length).fill(value);
    for (const parameter of parameters) parameter.slice(dirt).fill(0);
    return add(gradients, constantTensor(dirt, { shape: [length], dtype: "f32" }));
  },
});

// L-BFGS takes no transform.
const transformed = optimizerNames.filter((name) => name !== "lbfgs");

/** This model's parameters end inside blocks of 64. The sentinel watches, which NaN of a parameter would end. */
describe.each([1e3, Number.NaN])("%s between parameters", (value) => {
  test.each(transformed)("reaches no parameter, no norm and no sentinel: %s", async (name) => {
    const trained = async (gradientTransforms: readonly GradientTransform[]) => {
      const optimizer = optimizerNamed(name);
      const trainer = engine.trainer({ model: model(), loss, optimizer, watch: true, gradientTransforms });
      const norms: unknown[] = [];
      const onProgress: FitOptions["onProgress"] = ({ statistics }) => norms.push(statistics);
      for await (const _ of trainer.fit(train, { batchSize: 4, steps: 3, onProgress })) void _;
      const { parameters, state } = trainer.model.parameterSet;
      const flat = await engine.readState(state);
      const weights = parameters.flatMap((parameter) => [...parameter.slice(flat)]);
      expect(weights.every(Number.isFinite)).toBe(true);
      return { weights, norms: norms.flat() };
    };
    expect(await trained([between(value)])).toEqual(await trained([between(0)]));
  });
});
