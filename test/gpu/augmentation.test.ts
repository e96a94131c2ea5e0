import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as augment from "../../src/data/augmentation/index.ts";
import { GpuDataset } from "../../src/data/gpu_dataset.ts";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { toyImages } from "../support/toy_images.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
let engine: WgradEngine;
beforeAll(async () => {
  engine = await createEngine({ seed: 11, adapter: process.env["WGRAD_ADAPTER"] });
});
afterAll(() => engine.dispose());

describe("augmentation", () => {
  test("on the device is the reference's, in every step anew", async () => {
    const dataset = new GpuDataset(toyImages(30));
    const pipeline = augment.pipeline([
      augment.rotation({ degrees: 15 }),
      augment.translation({ pixels: 1 }),
      augment.horizontalFlip(),
      augment.randomCrop({ padding: 1 }),
      augment.colourJitter({ brightness: 0.2, contrast: 0.3 }),
      augment.cutout({ size: 2 }),
      augment.gaussianNoise({ standardDeviation: 0.1 }),
      augment.mixup({ alpha: 0.4, classes: 4 }),
    ]);
    const build = () => {
      const { x, y } = pipeline.apply(dataset.batch(10, "plain"));
      return { x, y };
    };
    const step = await engine.compile(build, {});
    const { x, y } = build();
    const seen: number[] = [];
    for (const index of [0, 1, 7]) {
      const values = { ...firstStep, index, seedLow: 99, batchStart: index };
      const got = await step.run({}, values);
      const [pixels, targets] = evaluateOnCpu([x, y], { step: values });
      expect(got.x).toHaveLength(300);
      expect(got.y).toHaveLength(40);
      got.x?.forEach((value, at) => {
        expect(Math.abs(value - (pixels?.[at] ?? Number.NaN))).toBeLessThan(1e-4);
      });
      got.y?.forEach((value, at) => {
        expect(Math.abs(value - (targets?.[at] ?? Number.NaN))).toBeLessThan(1e-5);
      });
      seen.push(got.x?.[0] ?? Number.NaN);
    }
    expect(new Set(seen).size).toBe(3);
  });
});
