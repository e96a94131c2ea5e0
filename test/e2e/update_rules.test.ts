import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import { scalar } from "../../src/graph/leaves.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import { mul } from "../../src/ops/mul.ts";
import { adam, sgd } from "../../src/optim/index.ts";
import type { Trainer } from "../../src/training/trainer.ts";
import type { TrainerOptions, TrainingCallback } from "../../src/training/trainer_options.ts";
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
