import { describe, expect, test } from "vitest";
import { DataError } from "../../src/index.browser.ts";
import { packImages, unpackImages } from "../../src/lab/data/compact_images.ts";
import { toyImages } from "../support/toy_images.ts";

const parts = () => {
  const train = toyImages(7);
  const test = train.take(3);
  const sizes = { train: { count: 7, of: 70 }, test: { count: 3, of: 30 } };
  return { train, test, sizes };
};

describe("compact images", () => {
  test("come back as they were, byte for byte", async () => {
    const { train, test: tested, sizes } = parts();
    const read = await unpackImages(await packImages({ train, test: tested, sizes }), "toy.images");
    expect(read.sizes).toEqual(sizes);
    for (const [own, theirs] of [
      [read.train, train],
      [read.test, tested],
    ] as const) {
      expect([...own.images]).toEqual([...theirs.images]);
      expect([...own.labels]).toEqual([...theirs.labels]);
      expect(own.shape).toEqual(theirs.shape);
      expect(own.classes).toEqual(theirs.classes);
      expect(own.normalisation).toEqual(theirs.normalisation);
    }
  });

  test.each<[string, (file: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>, RegExp]>([
    ["another file", () => new Uint8Array(100), /no file of compact images/],
    ["an empty file", () => new Uint8Array(), /no file of compact images/],
    ["one cut off", (file) => file.subarray(0, -9), /cut off or broken/],
    ["one with a changed byte", (file) => file.with(-12, (file.at(-12) ?? 0) ^ 1), /cut off or broken/],
    ["one with a broken header", (file) => file.with(9, 0), /header is broken/],
  ])("%s is refused by its name", async (_, change, message) => {
    const file = change(await packImages(parts()));
    const read = unpackImages(file, "toy.images");
    await expect(read).rejects.toThrow(DataError);
    await expect(read).rejects.toThrow(message);
    await expect(read).rejects.toThrow("toy.images");
  });
});
