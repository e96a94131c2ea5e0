import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as augment from "../../src/data/augmentation/index.ts";
import { GpuDataset } from "../../src/data/gpu_dataset.ts";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { crossEntropy } from "../../src/nn/losses.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { reshape } from "../../src/ops/reshape.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { batchSums } from "../../src/training/batch_sums.ts";
import { toyImages } from "../support/toy_images.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
let engine: WgradEngine;
beforeAll(async () => {
  engine = await createEngine({ seed: 11, adapter: process.env["WGRAD_ADAPTER"] });
});
afterAll(() => engine.dispose());

/** Weights of four outputs. */
const weights = (rows: number) =>
  constantTensor(
    Float32Array.from({ length: rows * 4 }, (_, at) => ((at * 7) % 11) / 11 - 0.5),
    { shape: [rows, 4], dtype: "f32" },
  );

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

  test("mixtures of labels have losses and hits: those of the likelier class", async () => {
    const dataset = new GpuDataset(toyImages(30));
    const mixing = augment.pipeline([augment.mixup({ alpha: 0.5, classes: 4 })]);
    const build = () => {
      const { x, y } = mixing.apply(dataset.batch(20, "plain"));
      const logits = matmul(reshape(x, [20, 30]), weights(30));
      return { ...batchSums(crossEntropy(), logits, { y }), logits, y };
    };
    const got = await (await engine.compile(build, {})).run({}, { ...firstStep, index: 4 });
    const rows = Array.from({ length: 20 }, (_, row) => [row * 4, row * 4 + 4] as const);
    const largest = (of: ArrayLike<number>) => Array.from(of).indexOf(Math.max(...Array.from(of)));
    const loss = rows.reduce((sum, range) => {
      const logits = [...(got["logits"]?.slice(...range) ?? [])];
      const total = Math.log(logits.reduce((all, value) => all + Math.exp(value), 0));
      const shares = got["y"]?.slice(...range) ?? [];
      return sum + logits.reduce((own, value, at) => own - (shares[at] ?? 0) * (value - total), 0);
    }, 0);
    const hits = rows.filter(
      (range) => largest(got["logits"]?.slice(...range) ?? []) === largest(got["y"]?.slice(...range) ?? []),
    );
    expect(got["loss"]?.[0]).toBeCloseTo(loss, 3);
    expect(got["score"]?.[0]).toBe(hits.length);
  });
});
