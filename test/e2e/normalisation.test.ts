import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { normalise } from "../../src/data/normalise.ts";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import { adam, adamW, sgd } from "../../src/optim/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { readSafetensors } from "../../src/training/safetensors.ts";
import type { Trainer } from "../../src/training/trainer.ts";
import { trainOnCpu } from "../support/cpu_training.ts";
import { toyImages } from "../support/toy_images.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
let engine: WgradEngine;
beforeAll(async () => {
  engine = await createEngine({ seed: 11, adapter: process.env["WGRAD_ADAPTER"] });
});
afterAll(() => engine.dispose());

const train = toyImages(75);
const held = toyImages(53, 2, "held");
const images = normalise(held.images, held.normalisation);

const network = () =>
  nn.sequential([
    nn.conv2d({ filters: 4, kernel: 3, padding: "same", bias: false }),
    nn.batchNorm(),
    nn.relu(),
    nn.maxPool2d(2),
    nn.groupNorm(2),
    nn.instanceNorm(),
    nn.flatten(),
    nn.weightNorm(nn.dense(8)),
    nn.layerNorm(),
    nn.gelu(),
    nn.batchNorm({ momentum: 0.3 }),
    nn.rmsNorm(),
    nn.dense(4),
  ]);

const trainerWith = (optimizer = adamW({ learningRate: 0.01 })): Trainer =>
  engine.trainer({ model: network(), loss: losses.crossEntropy(), optimizer });

async function trained(trainer: Trainer, steps: number): Promise<number[]> {
  const values: number[] = [];
  for await (const { losses } of trainer.submits(train, { batchSize: 10, steps })) values.push(...losses);
  expect(values.every(Number.isFinite)).toBe(true);
  return values;
}

async function buffersOf({ model }: Trainer): Promise<Record<string, number[]>> {
  const entries = model
    .buffers()
    .map(async ({ name, state }) => [name, [...(await engine.readState(state))]]);
  return Object.fromEntries(await Promise.all(entries));
}

describe("training with normalisations", () => {
  test("the losses are those of the f64 references, and so are the running statistics' effects", async () => {
    for (const optimizer of [sgd({ learningRate: 0.05, momentum: 0.9 }), adam({ learningRate: 0.01 })]) {
      const parts = { model: network(), loss: losses.crossEntropy(), optimizer };
      const expected = trainOnCpu({ ...parts, dataset: train, batchSize: 10, seed: 11, steps: 6 });
      const got = await trained(trainerWith(optimizer), 6);
      got.forEach((value, step) => {
        expect(Math.abs(value - (expected[step] ?? 0))).toBeLessThan(2e-4 * (step + 1));
      });
    }
  });

  test("learns; evaluation goes by running statistics, and they are the batches' moving averages", async () => {
    const trainer = trainerWith();
    const before = await trainer.evaluate(held);
    await trained(trainer, 70);
    const after = await trainer.evaluate(held);
    expect(after.loss).toBeLessThan(0.5 * before.loss);
    expect(after.accuracy).toBeGreaterThan(0.8);
    const buffers = await buffersOf(trainer);
    expect(Object.keys(buffers)).toEqual([
      "layer1.batchNorm.runningMean",
      "layer1.batchNorm.runningVariance",
      "layer10.batchNorm.runningMean",
      "layer10.batchNorm.runningVariance",
    ]);
    for (const values of Object.values(buffers)) expect(new Set(values).size).toBe(values.length);
    // What f64 makes of the same parameters and statistics, told not to train.
    const { parameterSet } = trainer.model;
    const reads = [parameterSet.state, ...trainer.model.buffers().map(({ state }) => state)];
    const states = new Map(
      await Promise.all(reads.map(async (state) => [state, await engine.readState(state)] as const)),
    );
    const x = inputTensor("x", { shape: [53, ...held.shape], dtype: "f32" });
    const values = new Map([["x", images]]);
    const outputs = (training: boolean) =>
      evaluateOnCpu([trainer.model.forward(x, { training })], { inputs: values, states })[0] ?? [];
    const { outputs: predicted } = await trainer.predict(images);
    const expected = outputs(false);
    predicted.forEach((value, index) => {
      expect(Math.abs(value - (expected[index] ?? Number.NaN))).toBeLessThan(1e-3);
    });
    // Told to train, the same model goes by the batch's statistics.
    const difference = Math.max(
      ...[...outputs(true)].map((value, i) => Math.abs(value - (expected[i] ?? 0))),
    );
    expect(difference).toBeGreaterThan(0.01);
  });

  test("running statistics move by the momentum, with the unbiased variance", async () => {
    const model = nn.sequential([nn.flatten(), nn.batchNorm({ momentum: 0.25, scale: false }), nn.dense(4)]);
    const trainer = engine.trainer({
      model,
      loss: losses.crossEntropy(),
      optimizer: sgd({ learningRate: 0 }),
    });
    // One batch of all images: its order does not matter.
    for await (const _ of trainer.submits(train, { batchSize: 75, steps: 2 }));
    const [mean, variance] = await Promise.all(model.buffers().map(({ state }) => engine.readState(state)));
    const all = normalise(train.images, train.normalisation);
    for (let feature = 0; feature < 30; feature++) {
      const column = Float64Array.from({ length: 75 }, (_, image) => all[image * 30 + feature] ?? Number.NaN);
      const middle = column.reduce((sum, value) => sum + value, 0) / 75;
      const unbiased = column.reduce((sum, value) => sum + (value - middle) ** 2, 0) / 74;
      const kept = 0.75 ** 2;
      expect(mean?.[feature]).toBeCloseTo((1 - kept) * middle, 5);
      expect(variance?.[feature]).toBeCloseTo(kept + (1 - kept) * unbiased, 5);
    }
  });
});

describe("checkpoints of models with running statistics", () => {
  test("bring back the same bits, and training goes on as if it had not stopped", async () => {
    const whole = trainerWith();
    const losses = await trained(whole, 12);
    const first = trainerWith();
    await trained(first, 5);
    const bytes = await first.save();
    const second = trainerWith();
    second.load(bytes);
    expect(await buffersOf(second)).toEqual(await buffersOf(first));
    expect(await second.save()).toEqual(bytes);
    expect(await trained(second, 7)).toEqual(losses.slice(5));
    expect(await buffersOf(second)).toEqual(await buffersOf(whole));
    expect(await second.save()).toEqual(await whole.save());
  });

  test("a model alone holds them too, and predicts the same", async () => {
    const trainer = trainerWith();
    await trained(trainer, 4);
    const bytes = await trainer.saveModel();
    expect([...readSafetensors(bytes).tensors.keys()]).toContain("layer1.batchNorm.runningVariance");
    const other = trainerWith();
    other.loadModel(bytes);
    expect(await other.predict(images)).toEqual(await trainer.predict(images));
  });
});
