import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GpuDataset, GpuDatasets, orderOfEpoch } from "../../src/data/gpu_dataset.ts";
import { packBytes } from "../../src/data/image_store.ts";
import { normalise } from "../../src/data/normalise.ts";
import type { State } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import { ignoredLabel } from "../../src/ops/sampleBatch.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { EpochMeter } from "../../src/training/epoch_meter.ts";
import { History } from "../../src/training/history.ts";
import { Position } from "../../src/training/position.ts";
import { learningRateOf, recipeNamed, recipes, settingsOf } from "../../src/training/recipes.ts";
import { SubmitClock, SubmitPacer } from "../../src/training/submit_pacer.ts";
import { toyImages } from "../support/toy_images.ts";

describe("SubmitPacer", () => {
  test("starts with one step and comes to last as long as wanted", () => {
    const pacer = new SubmitPacer(100, 256);
    const sizes: number[] = [];
    for (let submit = 0; submit < 8; submit++) {
      sizes.push(pacer.steps);
      pacer.observe(pacer.steps, pacer.steps * 2);
    }
    expect(sizes).toEqual([1, 4, 16, 50, 50, 50, 50, 50]);
  });

  test("gets over a slow first step and over a device that slows down", () => {
    const pacer = new SubmitPacer(100, 256);
    pacer.observe(1, 5000);
    expect(pacer.steps).toBe(1);
    for (let submit = 0; submit < 30; submit++) pacer.observe(pacer.steps, pacer.steps);
    expect(pacer.steps).toBeGreaterThan(95);
    for (let submit = 0; submit < 30; submit++) pacer.observe(pacer.steps, pacer.steps * 1000);
    expect(pacer.steps).toBe(1);
  });

  test("stays between one and the most steps, whatever it is told", () => {
    const told = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(
        told,
        fc.integer({ min: 1, max: 256 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (times, most, wanted) => {
          const pacer = new SubmitPacer(wanted, most);
          for (const time of times) {
            pacer.observe(pacer.steps, time);
            expect(pacer.steps).toBeGreaterThanOrEqual(1);
            expect(pacer.steps).toBeLessThanOrEqual(most);
            expect(Number.isInteger(pacer.steps)).toBe(true);
          }
        },
      ),
    );
  });

  test("a submit's time begins where the one before it ended", () => {
    let now = 0;
    const clock = new SubmitClock(() => now);
    const first = clock.start();
    now = 10;
    const second = clock.start();
    now = 100;
    expect(first()).toBe(100);
    now = 130;
    expect(second()).toBe(30);
    now = 1000;
    const third = clock.start();
    now = 1005;
    expect(third()).toBe(5);
  });
});

describe("Position", () => {
  test("counts epochs, and another source ends the epoch under way", () => {
    const position = new Position();
    position.enter("a");
    expect(position.advance(3, 5)).toBe(false);
    expect(position.advance(2, 5)).toBe(true);
    expect([position.step, position.epoch, position.epochStep]).toEqual([5, 1, 0]);
    position.advance(2, 5);
    position.enter("a");
    expect([position.epoch, position.epochStep]).toEqual([1, 2]);
    position.enter("b");
    expect([position.step, position.epoch, position.epochStep]).toEqual([7, 2, 0]);
  });
});

describe("EpochMeter", () => {
  test("means over steps, of each submit and of all since the last end", () => {
    const meter = new EpochMeter();
    const submit = (losses: number[], milliseconds: number) => ({
      losses: Float32Array.from(losses),
      accuracies: Float32Array.from(losses, () => 0.5),
      milliseconds,
    });
    expect(meter.add(submit([1, 3], 10))).toEqual({ loss: 2, accuracy: 0.5 });
    meter.add(submit([5], 20));
    expect(meter.finish()).toEqual({ loss: 3, accuracy: 0.5, milliseconds: 30 });
    meter.add(submit([7], 1));
    expect(meter.finish().loss).toBe(7);
  });
});

describe("History", () => {
  test("gives back columns of the rows asked for", async () => {
    const history = new History("h", ["loss", "accuracy"], 4);
    const table = Float32Array.of(1, 0.1, 2, 0.2, 3, 0.3, 9, 9);
    const read = await history.read({ readState: async () => table }, 3);
    expect(read.loss).toEqual(Float32Array.of(1, 2, 3));
    expect(read.accuracy).toEqual(Float32Array.of(0.1, 0.2, 0.3));
  });
});

describe("GpuDataset", () => {
  test("packs bytes lowest first, without a copy where they lie well", () => {
    const bytes = Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    const words = packBytes(bytes.subarray(4, 12));
    expect([...words]).toEqual([0x04030201, 0x08070605]);
    expect(words.buffer).toBe(bytes.buffer);
    expect([...packBytes(bytes.subarray(5, 10))]).toEqual([0x05040302, 0x06]);
    expect(packBytes(bytes.subarray(5, 10)).buffer).not.toBe(bytes.buffer);
  });

  test("an epoch's order holds every image once and follows from seed and epoch", () => {
    const order = orderOfEpoch(100, 7, 3);
    expect([...order].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect(orderOfEpoch(100, 7n, 3)).toEqual(order);
    expect(orderOfEpoch(100, 7, 4)).not.toEqual(order);
    expect(orderOfEpoch(100, 8, 3)).not.toEqual(order);
  });

  test("writes an order once an epoch", () => {
    const written: [State, TypedArray][] = [];
    const engine = {
      writeState: (state: State, values: TypedArray) => void written.push([state, values]),
      releaseState: () => undefined,
    };
    const gpu = new GpuDataset(toyImages(20));
    gpu.useOrder(engine, 1, 0);
    gpu.useOrder(engine, 1, 0);
    gpu.useOrder(engine, 1, 1);
    gpu.useOrder(engine, 1, 0);
    expect(written.map(([state]) => state)).toEqual([gpu.order, gpu.order, gpu.order]);
    expect(written[1]?.[1]).toEqual(orderOfEpoch(20, 1, 1));
    const datasets = GpuDatasets.on(engine);
    const images = toyImages(3);
    expect(datasets.of(images)).toBe(datasets.of(images));
    const before = datasets.of(images);
    datasets.release(images);
    expect(datasets.of(images)).not.toBe(before);
  });

  test("its batches are the images as the host normalises them; the last one is filled up", () => {
    const dataset = toyImages(7);
    const gpu = new GpuDataset(dataset);
    const { x, y } = gpu.batch(4, "plain");
    const [pixels, labels] = evaluateOnCpu([x, y], { step: { ...firstStep, batchStart: 4 } });
    const expected = normalise(dataset.images.subarray(4 * 30), dataset.normalisation);
    expected.forEach((value, at) => {
      expect(pixels?.[at]).toBeCloseTo(value, 5);
    });
    expect([...(pixels?.subarray(90) ?? [])]).toEqual(Array(30).fill(0));
    expect([...(labels ?? [])]).toEqual([...dataset.labels.subarray(4), ignoredLabel]);
    expect(gpu.batchesPerEpoch(4)).toBe(1);
    expect(gpu.batchesToCover(4)).toBe(2);
    expect(() => gpu.batchesPerEpoch(8)).toThrow(/dataset\(toy\).*7 images.*at least 8/);
    expect(() => gpu.batchesToCover(0)).toThrow(/batchSize/);
  });
});

describe("recipes", () => {
  test.each(recipes)("$name builds for MNIST with every activation", (recipe) => {
    for (const activation of ["relu", "sigmoid", "gelu"] as const) {
      const model = recipe.model(activation);
      model.build([28, 28, 1]);
      expect(model.outputShape).toEqual([10]);
    }
    expect(learningRateOf(recipe, recipe.defaults.optimizer)).toBe(recipe.defaults.learningRate);
  });

  test("another optimizer brings its learning rate along, unless one is given", () => {
    const recipe = recipeNamed("mnist-mlp");
    expect(settingsOf(recipe)).toEqual(recipe.defaults);
    expect(settingsOf(recipe, { optimizer: "sgd" }).learningRate).toBe(recipe.learningRates.sgd);
    expect(settingsOf(recipe, { optimizer: "sgd", learningRate: 0.5 }).learningRate).toBe(0.5);
    expect(settingsOf(recipe, { batchSize: 7 })).toEqual({ ...recipe.defaults, batchSize: 7 });
  });

  test("unknown names are refused with those there are", () => {
    expect(() => recipeNamed("mnist")).toThrow(/mnist-cnn, mnist-mlp/);
    const unknown = { optimizer: "tiger" } as unknown as { optimizer: "sgd" };
    expect(() => settingsOf(recipeNamed("mnist-cnn"), unknown)).toThrow(/^optimizer: .*tiger/);
  });
});
