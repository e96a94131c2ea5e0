import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as augment from "../../src/data/augmentation/index.ts";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import { scalar } from "../../src/graph/leaves.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import { mul } from "../../src/ops/mul.ts";
import { adam, schedules, sgd, weightAverage } from "../../src/optim/index.ts";
import type { Trainer } from "../../src/training/trainer.ts";
import type {
  EpochReport,
  FitOptions,
  TrainerOptions,
  TrainingCallback,
} from "../../src/training/trainer_options.ts";
import { toyImages } from "../support/toy_images.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
let engine: WgradEngine;
beforeAll(async () => {
  engine = await createEngine({ seed: 11, adapter: process.env["WGRAD_ADAPTER"] });
});
afterAll(() => engine.dispose());

const train = toyImages(72);

const trainerOf = (options: Partial<TrainerOptions> = {}): Trainer =>
  engine.trainer({
    model: nn.sequential([nn.flatten(), nn.dense(8), nn.relu(), nn.dense(4)]),
    loss: losses.crossEntropy(),
    optimizer: adam({ learningRate: 0.01 }),
    ...options,
  });

async function trained(trainer: Trainer, steps: number): Promise<{ losses: number[]; weights: number[] }> {
  const seen: number[] = [];
  for await (const submit of trainer.submits(train, { batchSize: 12, steps })) seen.push(...submit.losses);
  expect(seen.every(Number.isFinite)).toBe(true);
  return { losses: seen, weights: [...(await engine.readState(trainer.model.parameterSet.state))] };
}

const furthest = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? Number.NaN))), 0);

describe("rules of an update", () => {
  test("a batch in parts takes the step of the whole batch", async () => {
    const whole = await trained(trainerOf(), 8);
    const parts = await trained(trainerOf({ accumulate: 3 }), 8);
    expect(furthest(parts.losses, whole.losses)).toBeLessThan(1e-5);
    expect(furthest(parts.weights, whole.weights)).toBeLessThan(1e-5);
  });

  test("each part draws its own dropout", async () => {
    const model = () => nn.sequential([nn.flatten(), nn.dropout(0.5), nn.dense(4)]);
    const whole = await trained(trainerOf({ model: model() }), 2);
    const parts = await trained(trainerOf({ model: model(), accumulate: 2 }), 2);
    expect(parts.losses[0]).not.toBeCloseTo(whole.losses[0] ?? 0, 4);
  });

  test("transforms act before the optimizer, one after the other", async () => {
    const scaled = (factor: number) => ({
      name: "scale",
      settings: { factor },
      apply: (gradients: Parameters<typeof mul>[0]) => mul(gradients, scalar(factor)),
    });
    const optimizer = (learningRate: number) => sgd({ learningRate });
    const plain = await trained(trainerOf({ optimizer: optimizer(0.06) }), 6);
    const gradientTransforms = [scaled(4), scaled(0.5)];
    const changed = await trained(trainerOf({ optimizer: optimizer(0.03), gradientTransforms }), 6);
    expect(furthest(changed.weights, plain.weights)).toBeLessThan(1e-6);
  });

  test("a constraint acts on the new parameters, at every step", async () => {
    const constraint = {
      name: "halve",
      settings: {},
      apply: (values: Parameters<typeof mul>[0]) => mul(values, scalar(0.5)),
    };
    const still = trainerOf({ optimizer: sgd({ learningRate: 0 }), constraint });
    still.build(train.shape);
    const before = still.model.parameterSet.state.initial;
    const { weights } = await trained(still, 3);
    expect(
      furthest(
        weights,
        [...before].map((value) => value / 8),
      ),
    ).toBeLessThan(1e-9);
  });

  test("parts that a batch does not fall into are refused", async () => {
    expect(() => trainerOf({ accumulate: 0 })).toThrow(/accumulate/);
    await expect(trained(trainerOf({ accumulate: 5 }), 1)).rejects.toThrow(/5 parts of 12 examples/);
  });
});

describe("callbacks", () => {
  test("hear of submits and epochs, and end a fit", async () => {
    const heard: string[] = [];
    let steps = 0;
    const callback: TrainingCallback = {
      onSubmit: ({ losses }) => {
        steps += losses.length;
      },
      onEpoch: async ({ epoch, validation }) => {
        heard.push(`${epoch}: ${validation?.count} images`);
        return epoch === 2 ? "stop" : undefined;
      },
    };
    const reports: number[] = [];
    const options = { batchSize: 12, epochs: 5, validation: toyImages(20, 3, "held"), callbacks: [callback] };
    for await (const { epoch } of trainerOf().fit(train, options)) reports.push(epoch);
    expect(heard).toEqual(["1: 20 images", "2: 20 images"]);
    expect(reports).toEqual([1, 2]);
    expect(steps).toBe(12);
  });

  test("what a callback throws ends the fit, and the trainer can go on", async () => {
    const trainer = trainerOf();
    const callbacks: TrainingCallback[] = [
      {
        onEpoch: () => {
          throw new Error("no room left");
        },
      },
    ];
    const fit = trainer.fit(train, { batchSize: 12, epochs: 2, callbacks });
    await expect(fit.next()).rejects.toThrow("no room left");
    expect((await trained(trainer, 2)).losses).toHaveLength(2);
  });
});

describe("an average of the weights", () => {
  test("is what evaluation, prediction and the saved model go by, and training goes on without it", async () => {
    const average = weightAverage({ decay: 0.9 });
    const averaged = trainerOf({ average });
    const plain = trainerOf();
    expect((await trained(averaged, 10)).weights).toEqual((await trained(plain, 10)).weights);
    const saved = await averaged.saveModel();
    const copy = trainerOf();
    copy.loadModel(saved);
    const held = toyImages(20, 3, "held");
    expect((await averaged.evaluate(held)).loss).toBeCloseTo((await copy.evaluate(held)).loss, 6);
    expect((await averaged.evaluate(held)).loss).not.toBeCloseTo((await plain.evaluate(held)).loss, 3);
    const x = new Float32Array(30).fill(0.5);
    expect([...(await averaged.predict(x)).outputs]).toEqual([...(await copy.predict(x)).outputs]);
  });

  test("is saved with the training", async () => {
    const straight = trainerOf({ average: weightAverage({ decay: 0.8 }) });
    await trained(straight, 10);
    const first = trainerOf({ average: weightAverage({ decay: 0.8 }) });
    await trained(first, 4);
    const second = trainerOf({ average: weightAverage({ decay: 0.8 }) });
    second.load(await first.save());
    await trained(second, 6);
    expect(await second.saveModel()).toEqual(await straight.saveModel());
  });
});

describe("schedules that look at epochs", () => {
  test("a batch that grows has fewer steps in later epochs", async () => {
    const batchSchedule = schedules.increaseBatchSize({ milestones: [1, 2], multiplier: 2 });
    const steps: number[] = [];
    const options = { batchSize: 12, epochs: 3, batchSchedule };
    for await (const { step } of trainerOf().fit(train, options)) steps.push(step);
    expect(steps).toEqual([6, 9, 10]);
    await expect(trainerOf().fit(train, { batchSize: 12, steps: 4, batchSchedule }).next()).rejects.toThrow(
      /goes by epochs/,
    );
  });

  test("a plateau lowers the rate", async () => {
    const schedule = schedules.reduceOnPlateau({
      patience: 1,
      factor: 0.1,
      minimumDelta: 100,
      monitor: "loss",
    });
    const rates: number[] = [];
    const onProgress = ({ learningRates }: { readonly learningRates: Float64Array }): void => {
      rates.push(...learningRates);
    };
    const options = { batchSize: 36, epochs: 4, onProgress };
    for await (const _ of trainerOf({ schedule, optimizer: sgd({ learningRate: 0.1 }) }).fit(train, options));
    expect(rates[0]).toBeCloseTo(0.1, 9);
    expect(rates[7]).toBeLessThan(0.02);
  });
});

describe("what is watched", () => {
  test("comes with submits and, as means, with epochs; the training is the same", async () => {
    const plain = await trained(trainerOf(), 12);
    const watched = await trained(trainerOf({ watch: true }), 12);
    expect(watched.losses).toEqual(plain.losses);
    const norms: number[] = [];
    const onProgress: FitOptions["onProgress"] = ({ statistics = [] }) => {
      norms.push(...statistics.map(({ layers }) => layers[0]?.l2 ?? Number.NaN));
    };
    const layers: EpochReport["layers"][] = [];
    const trainer = trainerOf({ watch: true });
    for await (const epoch of trainer.fit(train, { batchSize: 12, epochs: 2, onProgress }))
      layers.push(epoch.layers);
    expect(norms).toHaveLength(12);
    const names = [
      "layer1.dense.weights",
      "layer1.dense.bias",
      "layer2.relu",
      "layer3.dense.weights",
      "layer3.dense.bias",
    ];
    expect(layers[0]?.map(({ layer }) => layer)).toEqual(names);
    const mean = norms.slice(0, 6).reduce((sum, norm) => sum + norm, 0) / 6;
    expect(layers[0]?.[0]?.l2).toBeCloseTo(mean, 6);
    expect(layers[1]?.[0]?.updateRatio).toBeGreaterThan(0);
  });

  test("are parameters alone where a batch is worked off in parts", async () => {
    expect(() => trainerOf({ watch: true, accumulate: 2 })).toThrow(/whole batches only/);
    const trainer = trainerOf({ watch: { activations: false }, accumulate: 2 });
    for await (const { layers } of trainer.fit(train, { batchSize: 12, steps: 2 }))
      expect(layers).toHaveLength(4);
  });
});

describe("augmentation", () => {
  test("changes what is trained on, differently in each step, and evaluations not at all", async () => {
    const augmentation = augment.pipeline([
      augment.translation({ pixels: 1 }),
      augment.mixup({ alpha: 0.4, classes: 4 }),
    ]);
    const plain = await trained(trainerOf(), 6);
    const augmented = trainerOf({ augmentation });
    const first = await trained(augmented, 6);
    expect(first.losses).not.toEqual(plain.losses);
    expect((await trained(trainerOf({ augmentation }), 6)).losses).toEqual(first.losses);
    const held = toyImages(20, 3, "held");
    expect(await augmented.evaluate(held)).toEqual(await augmented.evaluate(held));
  });
});

describe("early stopping", () => {
  test("ends the fit and puts the best epoch's weights back", async () => {
    // A rate that is far too large: the first epochs are the best.
    const trainer = trainerOf({ optimizer: sgd({ learningRate: 3 }) });
    const held = toyImages(40, 3, "held");
    const seen: number[] = [];
    const options = { batchSize: 12, epochs: 30, validation: held, earlyStopping: { patience: 3 } };
    for await (const { validation } of trainer.fit(train, options)) seen.push(validation.loss);
    expect(seen.length).toBeLessThan(30);
    expect(seen.length - 1 - seen.indexOf(Math.min(...seen))).toBe(3);
    expect((await trainer.evaluate(held)).loss).toBe(Math.min(...seen));
  });
});

describe("rest", () => {
  test("a checkpoint that is saved every few steps is of those steps, and training goes on from it alike", async () => {
    const saved = new Map<number, Uint8Array<ArrayBuffer>>();
    const first = trainerOf();
    const callback: TrainingCallback = {
      onSubmit: async ({ step }) => {
        if (step % 4 === 0) saved.set(step, await first.save());
      },
    };
    const options = { batchSize: 12, steps: 14, restEvery: 4, callbacks: [callback] };
    for await (const _ of first.fit(train, options));
    expect([...saved.keys()]).toEqual([4, 8, 12]);
    const bytes = saved.get(8);
    const second = trainerOf();
    if (bytes) second.load(bytes);
    expect(second.step).toBe(8);
    const { weights } = await trained(second, 6);
    expect(weights).toEqual([...(await engine.readState(first.model.parameterSet.state))]);
  });
});
