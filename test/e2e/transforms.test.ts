import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  gradientNoise,
  maxNorm,
  regularize,
  schedules,
  sgd,
} from "../../src/optim/index.ts";
import type { TrainerOptions } from "../../src/training/trainer_options.ts";
import { toyImages } from "../support/toy_images.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
let engine: WgradEngine;
beforeAll(async () => {
  engine = await createEngine({ seed: 11, adapter: process.env["WGRAD_ADAPTER"] });
});
afterAll(() => engine.dispose());

const train = toyImages(72);

/** How far a step of rate 1 moves the parameters, and where it leads. */
async function step(options: Partial<TrainerOptions>, steps = 1) {
  const trainer = engine.trainer({
    model: nn.sequential([nn.flatten(), nn.dense(8), nn.relu(), nn.dense(4)]),
    loss: losses.crossEntropy(),
    optimizer: sgd({ learningRate: 1 }),
    ...options,
  });
  for await (const _ of trainer.submits(train, { batchSize: 12, steps })) void _;
  const set = trainer.model.parameterSet;
  const after = await engine.readState(set.state);
  const moved = Float64Array.from(after, (value, at) => value - (set.state.initial[at] ?? 0));
  return { set, after: Float32Array.from(after), moved };
}

const norm = (values: Iterable<number>): number => Math.hypot(...values);

describe("transforms in a training step", () => {
  test("a step is as long as clipping lets it be", async () => {
    const free = await step({});
    expect(norm(free.moved)).toBeGreaterThan(0.1);
    const all = await step({ gradientTransforms: [clipByGlobalNorm(0.1)] });
    expect(norm(all.moved)).toBeCloseTo(0.1, 5);
    const each = await step({ gradientTransforms: [clipByNorm(0.01)] });
    for (const parameter of each.set.parameters) {
      expect(norm(parameter.slice(each.moved)), parameter.name).toBeCloseTo(0.01, 5);
    }
    const elements = await step({ gradientTransforms: [clipByValue(1e-3)] });
    expect(Math.max(...elements.moved.map(Math.abs))).toBeCloseTo(1e-3, 6);
    const wide = await step({ gradientTransforms: [clipByGlobalNorm(1e6), clipByNorm(1e6)] });
    expect(wide.after).toEqual(free.after);
  });

  test("max-norm holds at every step", async () => {
    const { set, after } = await step({ constraint: maxNorm(0.5) }, 5);
    for (const { kind, offset, length, shape } of set.parameters) {
      const units = shape.at(-1) ?? 1;
      for (let unit = 0; kind === "weight" && unit < units; unit++) {
        const column = Array.from(
          { length: length / units },
          (_, row) => after[offset + row * units + unit] ?? 0,
        );
        expect(norm(column)).toBeLessThan(0.5 * (1 + 1e-6));
        expect(norm(column)).toBeGreaterThan(0);
      }
    }
  });

  test("penalties and noise move parameters, the same way each time", async () => {
    const transforms = [regularize({ weights: { l1: 1e-3, l2: 1e-2 } }), gradientNoise({ eta: 1e-4 })];
    const free = await step({}, 3);
    const once = await step({ gradientTransforms: transforms }, 3);
    const again = await step({ gradientTransforms: transforms }, 3);
    expect(again.after).toEqual(once.after);
    expect(once.after).not.toEqual(free.after);
  });

  test("a schedule that does not fit is refused before anything is trained", async () => {
    const schedule = schedules.linear({ length: 2 });
    await expect(step({ schedule }, 3)).rejects.toThrow(/schedules\.linear\(length\).*shorter than the run/);
    const { moved } = await step({ schedule: schedules.step({ length: 1, factor: 0 }) }, 3);
    expect(norm(moved)).toBeCloseTo(norm((await step({})).moved), 9);
  });
});
