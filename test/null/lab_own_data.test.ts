import { describe, expect, test } from "vitest";
import { DataError, ImageDataset } from "../../src/index.browser.ts";
import type { ImageDecoder } from "../../src/lab/data/image_folders.ts";
import { readOwnData } from "../../src/lab/data/own_data.ts";

const idx = (shape: number[], data: number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, 0, size]), ...data]);
const images = (count: number) =>
  idx(
    [count, 2, 2],
    Array.from({ length: count * 4 }, (_, at) => at % 256),
  );
const labels = (count: number) =>
  idx(
    [count],
    Array.from({ length: count }, (_, at) => at % 10),
  );
const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);

/** A grey pixel of the file's first letter. */
const decode: ImageDecoder = async (of) => {
  const text = await of.text();
  if (text === "") throw new Error("broken");
  const value = text.charCodeAt(0);
  return { size: { width: 1, height: 1 }, rgba: Uint8ClampedArray.of(value, value, value, 255) };
};

async function refusal(...files: File[]): Promise<string> {
  const error: unknown = await readOwnData("mine", files, decode).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DataError)) throw new Error(`no DataError: ${String(error)}`);
  return error.message;
}

describe("readOwnData", () => {
  test("two pairs of idx files are a training and a test part", async () => {
    const { train, test: tested } = await readOwnData("mine", [
      file("train-images-idx3-ubyte", images(6)),
      file("train-labels-idx1-ubyte", labels(6)),
      file("t10k-images-idx3-ubyte", images(3)),
      file("t10k-labels-idx1-ubyte", labels(3)),
    ]);
    expect([train.count, tested.count, train.shape]).toEqual([6, 3, [2, 2, 1]]);
  });

  test("of one pair a fifth is held back", async () => {
    const pair = [file("images-idx3-ubyte", images(10)), file("labels-idx1-ubyte", labels(10))];
    const { train, test: tested } = await readOwnData("mine", pair);
    expect([train.count, tested.count]).toEqual([8, 2]);
  });

  test("a table's classes are those of its label column, features standardised by the training part", async () => {
    const rows = Array.from({ length: 10 }, (_, at) => `${at % 2 ? "b" : "a"},${at}`).join("\n");
    const { train, test: tested } = await readOwnData("t", [file("t.csv", `label,length\n${rows}\n`)]);
    expect([train.count, tested.count, train.shape]).toEqual([8, 2, [1]]);
    expect(train.target).toEqual({ kind: "labels", classes: ["a", "b"] });
    if (train instanceof ImageDataset) throw new Error("it is a table");
    const mean = train.features.reduce((sum, value) => sum + value, 0) / train.count;
    expect(mean).toBeCloseTo(0, 5);
  });

  test("folders of images are classes; grey images have one channel", async () => {
    const files = ["dog/1.png", "cat/1.png", "dog/2.png", "cat/.hidden"].map((name) => file(name, name));
    const { train, test: tested } = await readOwnData("pets", files, decode);
    expect(train.target).toEqual({ kind: "labels", classes: ["cat", "dog"] });
    expect([train.count + tested.count, train.shape]).toEqual([3, [1, 1, 1]]);
  });

  test("a CSV row of another width is refused by its number", async () => {
    expect(await refusal(file("t.csv", "x,label\n1,a\n1,2,b\n"))).toMatch(
      /t\.csv.*row 2 has another number of fields than the header; got 3; expected 2/,
    );
  });

  test("a corrupt image is refused by its name", async () => {
    const message = await refusal(file("cat/1.png", "c"), file("dog/broken.png", ""));
    expect(message).toMatch(/^dog\/broken\.png: no image, or a broken one/);
  });

  test("a file of 2 GB is refused before it is read", async () => {
    const huge = file("huge.csv", "x");
    Object.defineProperty(huge, "size", { value: 2 * 1024 ** 3 });
    huge.text = () => Promise.reject(new Error("it was read"));
    expect(await refusal(huge)).toMatch(
      /^huge\.csv: too large for a page; got 2\.1 GB; expected less than 2 GB/,
    );
  });

  test.each<[string, File[], RegExp]>([
    ["no files", [], /no files/],
    ["images alone", [file("images-idx3-ubyte", images(2))], /half of the pair is missing/],
    ["an image in no folder", [file("1.png", "x")], /1\.png: the image lies in no folder/],
    ["one class", [file("cat/1.png", "x")], /a folder for each class; got 1 folders/],
    [
      "a broken archive",
      [file("images-idx3-ubyte.gz", "x"), file("labels-idx1-ubyte.gz", "x")],
      /cut off or broken/,
    ],
  ])("%s: refused", async (_, files, message) => expect(await refusal(...files)).toMatch(message));
});
