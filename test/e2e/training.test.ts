import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { normalise } from "../../src/data/normalise.ts";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import type { Optimizer } from "../../src/optim/index.ts";
import { adam, adamW, schedules, sgd } from "../../src/optim/index.ts";
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

const train = toyImages(75);
const held = toyImages(53, 2, "held");

const network = () =>
  nn.sequential([
    nn.conv2d({ filters: 5, kernel: 3, padding: "same" }),
    nn.relu(),
    nn.maxPool2d(2),
    nn.flatten(),
    nn.dropout(0.2),
    nn.dense(8),
    nn.gelu(),
    nn.dense(4),
  ]);

const trainerWith = (
  optimizer: Optimizer = adamW({ learningRate: 0.01 }),
  schedule?: schedules.Schedule,
): Trainer =>
  engine.trainer({ model: network(), loss: losses.crossEntropy(), optimizer, ...(schedule && { schedule }) });

/** Losses and accuracies of every step of a fit. */
async function stepsOf(trainer: Trainer, options: Partial<FitOptions>): Promise<number[]> {
  const values: number[] = [];
  const onProgress: FitOptions["onProgress"] = (submit) =>
    values.push(...submit.losses, ...submit.accuracies);
  for await (const _ of trainer.fit(train, { batchSize: 10, ...options, onProgress }));
  // Two NaN would count as equal.
  expect(values.every(Number.isFinite)).toBe(true);
  return values;
}

describe("training", () => {
  test("the losses are those of the f64 references, dropout and all", async () => {
    const optimizers = [
      sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
      adam({ learningRate: 0.01 }),
      adamW({ learningRate: 0.01 }),
    ];
    for (const optimizer of optimizers) {
      const loss = losses.crossEntropy();
      const setting = {
        model: network(),
        loss,
        optimizer,
        dataset: train,
        batchSize: 10,
        seed: 11,
        steps: 7,
      };
      const expected = trainOnCpu(setting);
      const got: number[] = [];
      for await (const submit of trainerWith(optimizer).submits(train, { batchSize: 10, steps: 7 })) {
        got.push(...submit.losses);
      }
      expect(got).toHaveLength(7);
      got.forEach((value, step) => {
        expect(Math.abs(value - (expected[step] ?? 0))).toBeLessThan(1e-4 * (step + 1));
      });
    }
  });

  test("learns, and yields each epoch with its validation", async () => {
    const trainer = trainerWith();
    const epochs = [];
    for await (const epoch of trainer.fit(train, { batchSize: 10, epochs: 12, validation: held }))
      epochs.push(epoch);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(epochs.map(({ step }) => step)).toEqual(epochs.map((_, index) => 7 * (index + 1)));
    expect(epochs.at(-1)?.loss).toBeLessThan(0.5 * (epochs[0]?.loss ?? 0));
    expect(epochs.at(-1)?.validation.accuracy).toBeGreaterThan(0.8);
    expect(await trainer.evaluate(held)).toEqual(epochs.at(-1)?.validation);
  });

  test("does not depend on how steps are put into submits", async () => {
    const slow = await stepsOf(trainerWith(), { steps: 23, submitMilliseconds: 0 });
    const submits: number[] = [];
    const fast: number[] = [];
    const options = { batchSize: 10, steps: 23, submitMilliseconds: 1e6 };
    for await (const { losses, accuracies } of trainerWith().submits(train, options)) {
      submits.push(losses.length);
      fast.push(...losses, ...accuracies);
    }
    expect(submits[0]).toBe(1);
    expect(Math.max(...submits)).toBeGreaterThan(1);
    expect(submits.reduce((sum, count) => sum + count, 0)).toBe(23);
    expect(sorted(fast)).toEqual(sorted(slow));
  });

  test("drops what fills no batch, and starts anew where the batch size changes", async () => {
    const trainer = trainerWith();
    await stepsOf(trainer, { epochs: 1 });
    expect(trainer.step).toBe(7);
    await stepsOf(trainer, { steps: 3 });
    const epochs = [];
    for await (const epoch of trainer.fit(train, { batchSize: 25, epochs: 1 })) epochs.push(epoch);
    expect(epochs).toMatchObject([{ epoch: 3, step: 13 }]);
    await expect(stepsOf(trainer, { batchSize: 76, steps: 1 })).rejects.toThrow(/75 images.*at least 76/);
    await expect(stepsOf(trainer, { epochs: 1, steps: 1 })).rejects.toThrow(/both epochs and steps/);
  });

  test("a stopped fit goes on where it was", async () => {
    const whole = await stepsOf(trainerWith(), { steps: 12, submitMilliseconds: 0 });
    const trainer = trainerWith();
    const controller = new AbortController();
    const parts: number[] = [];
    const onProgress: FitOptions["onProgress"] = ({ losses, accuracies, step }) => {
      parts.push(...losses, ...accuracies);
      if (step >= 4) controller.abort();
    };
    const options = { batchSize: 10, submitMilliseconds: 0, onProgress };
    const epochs = [];
    for await (const epoch of trainer.fit(train, { ...options, steps: 12, signal: controller.signal }))
      epochs.push(epoch);
    expect(epochs).toEqual([]);
    expect(trainer.step).toBeLessThan(7);
    for await (const _ of trainer.fit(train, { ...options, steps: 12 - trainer.step }));
    expect(parts).toEqual(whole);
  });

  test("leaving the loop early leaves the trainer usable; two fits at once are refused", async () => {
    const trainer = trainerWith();
    for await (const _ of trainer.submits(train, { batchSize: 10, steps: 20 })) {
      await expect(stepsOf(trainer, { steps: 1 })).rejects.toThrow(/training already/);
      expect(() => trainer.load(new Uint8Array())).toThrow(/end the fit first/);
      break;
    }
    expect(await stepsOf(trainer, { steps: 2 })).toHaveLength(4);
  });

  test("refuses models and losses that do not fit images with labels", async () => {
    const loss = losses.crossEntropy();
    const optimizer = adam();
    const narrow = nn.sequential([nn.flatten(), nn.dense(3)]);
    await expect(engine.trainer({ model: narrow, loss, optimizer }).evaluate(train)).rejects.toThrow(
      /dense\(4\)/,
    );
    const empty = nn.sequential([nn.flatten()]);
    await expect(engine.trainer({ model: empty, loss, optimizer }).evaluate(train)).rejects.toThrow(
      /no parameters/,
    );
    const regression = { model: network(), loss: losses.meanSquaredError(), optimizer };
    await expect(engine.trainer(regression).evaluate(train)).rejects.toThrow(/compares with values/);
  });

  test("fits and evaluations that follow make no buffers, bind groups or pipelines", async () => {
    const trainer = trainerWith();
    const round = async () => {
      await stepsOf(trainer, { epochs: 1 });
      await trainer.evaluate(held, { batchSize: 10 });
    };
    await round();
    await round();
    // Staging buffers apart: now and then a copy of all state is read beside the results.
    const made = () => {
      const { pipelinesCreated, bindGroupsCreated, liveBuffers, stagingBuffers } = engine.device.counters;
      return { pipelinesCreated, bindGroupsCreated, buffers: liveBuffers - stagingBuffers };
    };
    const before = made();
    for (let repeat = 0; repeat < 10; repeat++) await round();
    expect(made()).toEqual(before);
  });
});

describe("evaluation and prediction", () => {
  test("count every image once, whatever the batch size", async () => {
    const trainer = trainerWith();
    await stepsOf(trainer, { steps: 5 });
    const { outputs, shape, classes } = await trainer.predict(normalise(held.images, held.normalisation));
    expect(shape).toEqual([53, 4]);
    let loss = 0;
    let right = 0;
    held.labels.forEach((label, image) => {
      const logits = [...outputs.subarray(4 * image, 4 * image + 4)];
      const largest = Math.max(...logits);
      loss +=
        Math.log(logits.reduce((sum, value) => sum + Math.exp(value - largest), 0)) +
        largest -
        (logits[label] ?? 0);
      right += Number(classes[image] === label);
    });
    for (const batchSize of [1, 7, 53, 100]) {
      const result = await trainer.evaluate(held, { batchSize });
      expect(result.count).toBe(53);
      expect(result.accuracy).toBe(right / 53);
      expect(result.loss).toBeCloseTo(loss / 53, 5);
    }
  });

  test("predictions do not depend on the batch size either", async () => {
    const trainer = trainerWith();
    trainer.build(held.shape);
    const values = normalise(held.images, held.normalisation);
    const all = await trainer.predict(values);
    const some = await trainer.predict(values, { batchSize: 10 });
    expect(some.classes).toEqual(all.classes);
    some.outputs.forEach((value, at) => {
      expect(value).toBeCloseTo(all.outputs[at] ?? 0, 5);
    });
    const one = await trainer.predict(values.subarray(0, 30));
    expect(one.classes).toEqual(all.classes.subarray(0, 1));
    await expect(trainer.predict(values.subarray(1))).rejects.toThrow(/no whole examples/);
  });

  test("an aborted evaluation rejects with the signal's reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(trainerWith().evaluate(held, { signal })).rejects.toThrow("enough");
  });
});

describe("checkpoints", () => {
  const schedule = schedules.cosine({ warmUp: 3 });
  const options = { scheduleSteps: 20, submitMilliseconds: 0 };

  test.each([
    ["sgd with momentum", () => sgd({ learningRate: 0.05, momentum: 0.9 })],
    ["adamW", () => adamW({ learningRate: 0.01 })],
  ])("%s: going on gives the same bits as not stopping", async (_, optimizer) => {
    const whole = await stepsOf(trainerWith(optimizer(), schedule), { ...options, steps: 20 });
    const first = trainerWith(optimizer(), schedule);
    const begun = await stepsOf(first, { ...options, steps: 10 });
    const file = await first.save();
    await stepsOf(first, { ...options, steps: 3 });
    const other = engine.trainer({
      model: network(),
      loss: losses.crossEntropy(),
      optimizer: optimizer(),
      schedule,
      seed: 99,
    });
    other.load(file);
    expect([other.step, other.seed]).toEqual([10, 11n]);
    const rest = await stepsOf(other, { ...options, steps: 10 });
    expect([...begun, ...rest]).toEqual(whole);
  });

  test("a model alone gives the same predictions, and its training begins anew", async () => {
    const trainer = trainerWith();
    await stepsOf(trainer, { steps: 5 });
    const values = normalise(held.images, held.normalisation);
    const other = trainerWith(sgd({ learningRate: 0.1 }));
    other.loadModel(await trainer.saveModel());
    expect(other.step).toBe(0);
    expect((await other.predict(values)).outputs).toEqual((await trainer.predict(values)).outputs);
  });

  test("of another optimizer, shape or model are refused, and change nothing", async () => {
    const trainer = trainerWith();
    await stepsOf(trainer, { steps: 5 });
    const file = await trainer.save();
    expect(() => trainerWith(adam()).load(file)).toThrow(/checkpoint\(optimizer\): .*adamW/);
    const small = trainerWith();
    small.build([4, 4, 1]);
    expect(() => small.load(file)).toThrow(/checkpoint, sequential: .*\[6, 5, 1\]/);
    const narrow = nn.sequential([nn.flatten(), nn.dense(4)]);
    const other = engine.trainer({ model: narrow, loss: losses.crossEntropy(), optimizer: adamW() });
    expect(() => other.load(file)).toThrow(
      /layer0\.conv2d\.weights: unknown, the file has F32 \[3, 3, 1, 5\]/,
    );
    expect(other.step).toBe(0);
  });
});

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
