import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ImageDataset, type ImageDatasetFields } from "../../src/data/dataset.ts";
import { parseIdx } from "../../src/data/idx.ts";
import { DataError, UsageError } from "../../src/device/errors.ts";

/** An idx file of u8 with these sizes and elements. */
function idx(shape: readonly number[], data: ArrayLike<number>, dtype = 0x08): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, dtype, shape.length]);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

describe("parseIdx", () => {
  it("reads shapes and elements, also from the middle of a buffer", () => {
    const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 7 }), (shape, offset) => {
        const data = Uint8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i * 37) % 256);
        const file = idx(shape, data);
        const larger = new Uint8Array(file.length + 16).fill(0xee);
        larger.set(file, offset);
        const parsed = parseIdx(larger.subarray(offset, offset + file.length), "f", shape.length);
        expect(parsed.shape).toEqual(shape);
        expect(parsed.data).toEqual(data);
      }),
      { numRuns: 50 },
    );
  });

  const broken: readonly [string, Uint8Array, RegExp][] = [
    ["empty", new Uint8Array(0), /too short.*got 0 bytes/],
    ["three bytes", new Uint8Array(3), /too short.*got 3 bytes/],
    ["non-zero start", Uint8Array.of(1, 0, 8, 1, 0, 0, 0, 0), /magic number; got 0x01000801/],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 1, 0, 0, 0, 0), /gunzip/],
    ["unknown dtype", idx([1], [0], 0x0a), /magic number; got 0x00000a01/],
    ["rank 0", Uint8Array.of(0, 0, 8, 0, 7), /magic number; got 0x00000800/],
    ["f32", idx([1], [0, 0, 0, 0], 0x0d), /unsupported dtype; got f32; expected u8/],
    ["rank 3 for 2", idx([1, 1, 1], [0]), /wrong rank; got 3; expected 2/],
    ["cut header", idx([1, 1], [0]).subarray(0, 11), /within its header; got 11 bytes; expected 12/],
    [
      "cut data",
      idx([2, 3], [1, 2, 3, 4, 5]),
      /truncated; got 5 bytes of data; expected 6 for shape \[2, 3\]/,
    ],
    ["trailing data", idx([2, 2], [1, 2, 3, 4, 5]), /goes on.*got 5 bytes of data; expected 4/],
    ["absurd sizes", idx([0xffffffff, 0xffffffff], [1]), /truncated; got 1 bytes/],
  ];
  it.each(broken)("refuses %s", (_, bytes, message) => {
    expect(() => parseIdx(bytes, "some-file", 2)).toThrow(DataError);
    expect(() => parseIdx(bytes, "some-file", 2)).toThrow(message);
    expect(() => parseIdx(bytes, "some-file", 2)).toThrow("idx(some-file)");
  });
});

describe("ImageDataset", () => {
  const fields: ImageDatasetFields = {
    name: "tiny",
    images: Uint8Array.from({ length: 3 * 2 * 2 }, (_, i) => i),
    labels: Uint8Array.of(0, 1, 1),
    shape: [2, 2, 1],
    classes: ["a", "b"],
    normalisation: { mean: 0.5, standardDeviation: 0.25 },
  };

  it("counts and takes", () => {
    const all = new ImageDataset(fields);
    expect(all.count).toBe(3);
    const two = all.take(2);
    expect(two.count).toBe(2);
    expect([...two.images]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...two.labels]).toEqual([0, 1]);
    expect(two.images.buffer).toBe(all.images.buffer);
    expect(all.take(99).count).toBe(3);
    for (const wrong of [0, -1, 1.5, Number.NaN]) expect(() => all.take(wrong)).toThrow(UsageError);
  });

  const broken: readonly [string, Partial<ImageDatasetFields>, RegExp][] = [
    [
      "a label without a class",
      { labels: Uint8Array.of(0, 2, 1) },
      /label 1 names no class; got 2; expected 0 to 1/,
    ],
    [
      "more labels than images",
      { labels: Uint8Array.of(0, 1, 1, 0) },
      /do not fit.*12 bytes of images and 4 labels/,
    ],
    ["another shape", { shape: [2, 3, 1] }, /do not fit/],
    ["an empty shape", { shape: [0, 2, 1] }, /wrong image shape/],
    ["nothing", { images: new Uint8Array(0), labels: new Uint8Array(0) }, /no images/],
    ["no deviation", { normalisation: { mean: 0, standardDeviation: 0 } }, /wrong normalisation/],
  ];
  it.each(broken)("refuses %s", (_, change, message) => {
    expect(() => new ImageDataset({ ...fields, ...change })).toThrow(DataError);
    expect(() => new ImageDataset({ ...fields, ...change })).toThrow(message);
  });
});
