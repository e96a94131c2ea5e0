import { describe, expect, test } from "vitest";
import { compose } from "../../src/data/augmentation/affine.ts";
import { betaProbability, betaQuantiles } from "../../src/data/augmentation/beta.ts";
import * as augment from "../../src/data/augmentation/index.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { traced } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

type Step = augment.AugmentationStep;

const tensor = (values: ArrayLike<number>, shape: Shape): Tensor =>
  constantTensor(Float32Array.from(values), { shape, dtype: "f32" });
const labels = (...values: number[]): Tensor =>
  constantTensor(Uint32Array.from(values), { shape: [values.length], dtype: "u32" });

function augmented(steps: readonly Step[], x: Tensor, y = labels(0), index = 0, seedLow = 5) {
  const batch = augment.pipeline(steps).apply({ x, y });
  const [pixels, targets] = evaluateOnCpu([batch.x, batch.y], { step: { ...firstStep, index, seedLow } });
  return { shape: batch.x.shape, pixels: Array.from(pixels ?? []), targets: Array.from(targets ?? []) };
}

/** A batch of images 0, 1, 2 … by row, each pixel with a number of its own. */
const numbered = (shape: Shape) =>
  tensor(
    Array.from({ length: elementCount(shape) }, (_, at) => at),
    shape,
  );
const images = (pixels: readonly number[], size: number) =>
  Array.from({ length: pixels.length / size }, (_, at) => pixels.slice(at * size, (at + 1) * size));

describe("what moves pixels", () => {
  test("flips give an image or its mirror image, and both occur", () => {
    const x = numbered([40, 2, 3, 1]);
    const { pixels } = augmented([augment.horizontalFlip()], x);
    const flipped = images(pixels, 6).map((image, at) => {
      const own = image.map((value) => value - at * 6);
      const left = own.join() === "0,1,2,3,4,5";
      expect(left || own.join() === "2,1,0,5,4,3").toBe(true);
      return !left;
    });
    expect(flipped.filter(Boolean).length).toBeGreaterThan(8);
    expect(flipped.filter(Boolean).length).toBeLessThan(32);
    const certain = { probability: 1 };
    expect(augmented([augment.verticalFlip(certain)], numbered([1, 2, 3, 1])).pixels).toEqual([
      3, 4, 5, 0, 1, 2,
    ]);
    const both = [augment.horizontalFlip(certain), augment.verticalFlip(certain)];
    expect(augmented(both, numbered([1, 2, 3, 1])).pixels).toEqual([5, 4, 3, 2, 1, 0]);
  });

  test("a crop is a part of the padded image, and all parts occur", () => {
    const x = numbered([200, 3, 3, 1]);
    const { pixels, shape } = augmented([augment.randomCrop({ padding: 1, fill: "zero" })], x);
    expect(shape).toEqual([200, 3, 3, 1]);
    const seen = new Set<string>();
    images(pixels, 9).forEach((image, at) => {
      const padded = (row: number, column: number): number =>
        row < 0 || row > 2 || column < 0 || column > 2 ? 0 : at * 9 + row * 3 + column;
      const offsets = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((column) => [row, column] as const));
      const found = offsets.find(([down, right]) =>
        image.every((value, place) => value === padded(Math.floor(place / 3) + down, (place % 3) + right)),
      );
      seen.add(String(found));
    });
    expect([...seen].sort()).toEqual(["-1,-1", "-1,0", "-1,1", "0,-1", "0,0", "0,1", "1,-1", "1,0", "1,1"]);
    const small = augmented([augment.randomCrop({ height: 2, width: 1 })], numbered([1, 3, 3, 1]));
    expect(small.shape).toEqual([1, 2, 1, 1]);
    expect((small.pixels[1] ?? 0) - (small.pixels[0] ?? 0)).toBe(3);
    expect(() => augmented([augment.randomCrop({ height: 4 })], numbered([1, 3, 3, 1]))).toThrow(
      /1 pixels more/,
    );
  });

  test("a rotation keeps the centre and turns the rest by its own drawn angle", () => {
    // A linear image shows the angle: f(row, column) = column turns into column · cos + row · sin.
    const size = 9;
    const plane = Array.from({ length: 32 * size * size }, (_, at) => (at % size) - 4);
    const { pixels } = augmented([augment.rotation({ degrees: 20 })], tensor(plane, [32, size, size, 1]));
    const angles = images(pixels, size * size).map((image) => {
      expect(image[40]).toBeCloseTo(0, 5);
      const [right = 0, down = 0] = [image[41], image[49]];
      expect(right ** 2 + down ** 2).toBeCloseTo(1, 5);
      return Math.atan2(down, right);
    });
    const most = Math.max(...angles.map(Math.abs));
    expect(most).toBeLessThanOrEqual((20 * Math.PI) / 180);
    expect(most).toBeGreaterThan((15 * Math.PI) / 180);
    expect(Math.min(...angles)).toBeLessThan(0);
    expect(Math.max(...angles)).toBeGreaterThan(0);
  });

  test("translations and scalings stay within their bounds", () => {
    const size = 9;
    const plane = (of: (at: number) => number) =>
      tensor(
        Array.from({ length: 64 * size * size }, (_, at) => of(at)),
        [64, size, size, 1],
      );
    const columns = plane((at) => (at % size) - 4);
    const shifts = images(augmented([augment.translation({ columns: 2, rows: 0 })], columns).pixels, 81);
    const distances = shifts.map((image) => image[40] ?? Number.NaN);
    expect(Math.max(...distances)).toBeGreaterThan(1.5);
    expect(Math.min(...distances)).toBeLessThan(-1.5);
    expect(Math.max(...distances.map(Math.abs))).toBeLessThanOrEqual(2);
    const scaled = images(augmented([augment.scaling({ low: 0.8, high: 2 })], columns).pixels, 81);
    const factors = scaled.map((image) => 1 / (image[41] ?? 0));
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.8 - 1e-6);
    expect(Math.max(...factors)).toBeLessThanOrEqual(2 + 1e-6);
    expect(Math.max(...factors) - Math.min(...factors)).toBeGreaterThan(0.9);
  });

  test("steps in a row are one resampling, in their order; others divide them", () => {
    const count = (steps: readonly Step[]) => {
      const build = () => augment.pipeline(steps).apply({ x: numbered([2, 4, 4, 1]), y: labels(0, 1) });
      return traced(build)[1].filter((node) => node.op.name === "warpAffine").length;
    };
    const [turn, shift] = [augment.rotation({ degrees: 5 }), augment.translation({ pixels: 1 })];
    expect(count([turn, shift, augment.horizontalFlip()])).toBe(1);
    expect(count([turn, augment.gaussianNoise({ standardDeviation: 1 }), shift])).toBe(2);
    expect(count([turn, augment.translation({ pixels: 1, fill: "zero" })])).toBe(2);
    // Cut from the left after a flip is cut from the right of the image.
    const x = numbered([1, 1, 4, 1]);
    const [flip, crop] = [augment.horizontalFlip({ probability: 1 }), augment.randomCrop({ width: 3 })];
    const own = augmented([flip, crop], x).pixels;
    expect([
      [3, 2, 1],
      [2, 1, 0],
    ]).toContainEqual(own);
    // A quarter turn, then a shift by (1, 2): the shift is of what was turned.
    expect(compose([0, -1, 0, 1, 0, 0], [1, 0, 1, 0, 1, 2])).toEqual([0, -1, -2, 1, 0, 1]);
    expect(compose([1, 0, 1, 0, 1, 2], [0, -1, 0, 1, 0, 0])).toEqual([0, -1, 1, 1, 0, 2]);
  });
});

describe("what changes pixels", () => {
  test("noise has its standard deviation, and is another for each pixel and step", () => {
    const x = tensor(new Float32Array(4000), [10, 20, 20, 1]);
    const noise = [augment.gaussianNoise({ standardDeviation: 0.5 })];
    const { pixels } = augmented(noise, x);
    const square = pixels.reduce((sum, value) => sum + value ** 2, 0) / 4000;
    expect(Math.sqrt(square)).toBeCloseTo(0.5, 1);
    expect(augmented(noise, x, labels(0), 1).pixels).not.toEqual(pixels);
    expect(augmented(noise, x, labels(0), 0, 6).pixels).not.toEqual(pixels);
    expect(augmented(noise, x).pixels).toEqual(pixels);
  });

  test("cutout covers a square around a pixel, as far as the image goes", () => {
    const x = tensor(new Float32Array(60 * 30).fill(1), [60, 5, 6, 1]);
    const sizes = images(augmented([augment.cutout({ size: 3, value: -2 })], x).pixels, 30).map((image) => {
      const places = image.flatMap((value, at) => (value === -2 ? [at] : []));
      expect(image.every((value) => value === 1 || value === -2)).toBe(true);
      const rows = places.map((at) => Math.floor(at / 6));
      const columns = places.map((at) => at % 6);
      const height = Math.max(...rows) - Math.min(...rows) + 1;
      const width = Math.max(...columns) - Math.min(...columns) + 1;
      expect(places.length).toBe(height * width);
      return `${height}×${width}`;
    });
    for (const size of ["3×3", "2×3", "3×2"]) expect(sizes).toContain(size);
    expect(Math.max(...sizes.map((size) => Number(size[0]) * Number(size[2])))).toBe(9);
  });

  test("brightness adds, contrast and saturation spread around mean and grey", () => {
    const random = new RandomStream(2);
    const values = Array.from({ length: 12 }, () => random.normal());
    const x = tensor(values, [1, 2, 2, 3]);
    const brighter = augmented([augment.colourJitter({ brightness: 0.4 })], x).pixels;
    const added = (brighter[0] ?? 0) - (values[0] ?? 0);
    expect(Math.abs(added)).toBeLessThanOrEqual(0.4);
    brighter.forEach((value, at) => {
      expect(value - (values[at] ?? 0)).toBeCloseTo(added, 5);
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / 12;
    const sharper = augmented([augment.colourJitter({ contrast: 0.5 })], x).pixels;
    const factor = ((sharper[0] ?? 0) - mean) / ((values[0] ?? 0) - mean);
    expect(Math.abs(factor - 1)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(factor - 1)).toBeGreaterThan(1e-3);
    sharper.forEach((value, at) => {
      expect(value).toBeCloseTo(mean + factor * ((values[at] ?? 0) - mean), 4);
    });
    const richer = augmented([augment.colourJitter({ saturation: 0.5 })], x).pixels;
    const grey = (of: readonly number[], at: number) =>
      0.299 * (of[at] ?? 0) + 0.587 * (of[at + 1] ?? 0) + 0.114 * (of[at + 2] ?? 0);
    for (const at of [0, 3, 6, 9]) expect(grey(richer, at)).toBeCloseTo(grey(values, at), 5);
    expect(richer[0]).not.toBeCloseTo(values[0] ?? 0, 3);
  });
});

describe("mixup", () => {
  test("mixes images and targets alike, with another example of the batch", () => {
    const x = tensor([1, 10, 100, 1000], [4, 1, 1, 1]);
    const mixed = augmented([augment.mixup({ alpha: 1, classes: 4 })], x, labels(0, 1, 2, 3));
    const rows = images(mixed.targets, 4);
    rows.forEach((row, at) => {
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
      const image = row.reduce((sum, share, label) => sum + share * 10 ** label, 0);
      expect(mixed.pixels[at]).toBeCloseTo(image, 3);
    });
    // Each example takes part as itself and as another's, in the same shares.
    const parts = [0, 1, 2, 3].map((label) => rows.reduce((sum, row) => sum + (row[label] ?? 0), 0));
    for (const part of parts) expect(part).toBeCloseTo(1, 5);
    expect(() => augmented([augment.mixup({ alpha: 1 })], x, labels(0, 1, 2, 3))).toThrow(
      /number of classes/,
    );
  });

  test("its λ follow Beta(α, α)", () => {
    // Known values: Beta(1, 1) is even, Beta(½, ½) the arcsine distribution, Beta(2, 2) has 3x² − 2x³.
    for (const x of [1e-6, 0.01, 0.2, 0.5]) {
      expect(betaProbability(x, 1)).toBeCloseTo(x, 12);
      expect(betaProbability(x, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 11);
      expect(betaProbability(x, 2)).toBeCloseTo(3 * x ** 2 - 2 * x ** 3, 11);
    }
    expect(betaProbability(0.5, 32)).toBeCloseTo(0.5, 10);
    const quantiles = betaQuantiles(0.2, 4096);
    const mean = quantiles.reduce((sum, value) => sum + value, 0) / 4096;
    const variance = quantiles.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4096;
    expect(mean).toBeCloseTo(0.5, 6);
    expect(variance).toBeCloseTo(1 / (4 * (2 * 0.2 + 1)), 3);
    expect([...quantiles].every((value, at) => at === 0 || value >= (quantiles[at - 1] ?? 1))).toBe(true);
    const mixing = [augment.mixup({ alpha: 0.4 })];
    const drawn = Array.from({ length: 200 }, (_, index) => {
      const x = tensor([1, 0], [2, 1, 1, 1]);
      const { pixels } = augmented(mixing, x, tensor([1, 0], [2, 1]), index);
      return pixels[0] ?? Number.NaN;
    });
    const spread = drawn.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / 200;
    // Half the time an example is mixed with itself, and stays 1 or what it is: ¼, else the variance of Beta(0.4, 0.4).
    expect(spread).toBeGreaterThan(0.15);
    expect(spread).toBeLessThan(0.25);
  });
});

describe("pipelines", () => {
  test("have a name and settings for records; none is the batch itself", () => {
    const steps = [augment.rotation({ degrees: 10 }), augment.cutout({ size: 4 })];
    const { name, settings } = augment.pipeline(steps);
    expect(name).toBe("rotation, cutout");
    expect(settings).toEqual({
      "1 rotation.degrees": 10,
      "1 rotation.interpolation": "bilinear",
      "1 rotation.fill": "border",
      "2 cutout.size": 4,
      "2 cutout.value": 0,
    });
    const batch = { x: numbered([1, 2, 2, 1]), y: labels(0) };
    expect(augment.pipeline([]).apply(batch)).toBe(batch);
  });

  const wrong: readonly [string, () => unknown, RegExp][] = [
    ["an angle", () => augment.rotation({ degrees: -1 }), /rotation\(degrees\).*-1/],
    ["a probability", () => augment.horizontalFlip({ probability: 1.5 }), /horizontalFlip\(probability\)/],
    ["a distance", () => augment.translation({ pixels: Number.NaN }), /translation\(rows\)/],
    ["a padding", () => augment.randomCrop({ padding: 0.5 }), /randomCrop\(padding\)/],
    ["a size", () => augment.cutout({ size: 0 }), /cutout\(size\)/],
    ["a deviation", () => augment.gaussianNoise({ standardDeviation: -1 }), /gaussianNoise/],
    ["a contrast", () => augment.colourJitter({ contrast: -1 }), /colourJitter\(contrast\)/],
    ["an α", () => augment.mixup({ alpha: 0 }), /mixup\(alpha\)/],
    ["a scale", () => augment.scaling({ low: 2, high: 1 }), /scaling\(low\)/],
    [
      "rows",
      () => augment.pipeline([augment.cutout({ size: 1 })]).apply({ x: numbered([2, 3]), y: labels(0, 0) }),
      /no images/,
    ],
  ];
  test.each(wrong)("refuse %s out of range", (_, build, message) => {
    expect(build).toThrow(message);
  });
});
