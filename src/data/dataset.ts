import { DataError, UsageError } from "../device/errors.ts";

/** What turns a pixel into a network's input: (pixel / 255 − mean) / standardDeviation. */
export interface Normalisation {
  readonly mean: number;
  readonly standardDeviation: number;
}

export interface ImageDatasetFields {
  readonly name: string;
  /** Pixels in NHWC order, `count · h · w · c` bytes. */
  readonly images: Uint8Array;
  /** Class indices, `count` bytes. */
  readonly labels: Uint8Array;
  /** One image: [height, width, channels]. */
  readonly shape: readonly [number, number, number];
  readonly classes: readonly string[];
  readonly normalisation: Normalisation;
}

/** Labelled u8 images in host memory, checked when made. Holds views, copies nothing. */
export class ImageDataset implements ImageDatasetFields {
  readonly name: string;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly shape: readonly [number, number, number];
  readonly classes: readonly string[];
  readonly normalisation: Normalisation;
  /** The number of images. */
  readonly count: number;

  /** @throws DataError where sizes do not fit each other or a label names no class */
  constructor(fields: ImageDatasetFields) {
    this.name = fields.name;
    this.images = fields.images;
    this.labels = fields.labels;
    this.shape = fields.shape;
    this.classes = fields.classes;
    this.normalisation = fields.normalisation;
    this.count = fields.labels.length;
    this.#checkSizes();
    this.#checkLabels();
  }

  /** The first `n` images, or all where there are fewer; views of the same memory. Throws UsageError unless n ≥ 1. */
  take(n: number): ImageDataset {
    if (!Number.isInteger(n) || n < 1) {
      throw new UsageError({
        where: `dataset(${this.name}).take`,
        problem: "wrong number of images",
        got: String(n),
        expected: "an integer of at least 1",
      });
    }
    const count = Math.min(n, this.count);
    const images = this.images.subarray(0, count * (this.images.length / this.count));
    return new ImageDataset({ ...this, images, labels: this.labels.subarray(0, count) });
  }

  #checkSizes(): void {
    const where = `dataset(${this.name})`;
    const { shape, count, normalisation } = this;
    if (!shape.every((size) => Number.isInteger(size) && size >= 1)) {
      throw new DataError({
        where,
        problem: "wrong image shape",
        got: `[${shape.join(", ")}]`,
        expected: "[h, w, c]",
      });
    }
    if (count === 0) throw new DataError({ where, problem: "no images" });
    const bytes = shape[0] * shape[1] * shape[2];
    if (this.images.length !== count * bytes) {
      throw new DataError({
        where,
        problem: "images and labels do not fit each other",
        got: `${this.images.length} bytes of images and ${count} labels`,
        expected: `${bytes} bytes an image of shape [${shape.join(", ")}]`,
      });
    }
    if (!Number.isFinite(normalisation.mean) || !(normalisation.standardDeviation > 0)) {
      throw new DataError({
        where,
        problem: "wrong normalisation",
        got: `mean ${normalisation.mean}, standard deviation ${normalisation.standardDeviation}`,
        expected: "a finite mean and a positive standard deviation",
      });
    }
  }

  #checkLabels(): void {
    const wrong = this.labels.findIndex((label) => label >= this.classes.length);
    if (wrong === -1) return;
    throw new DataError({
      where: `dataset(${this.name})`,
      problem: `label ${wrong} names no class`,
      got: String(this.labels[wrong]),
      expected: `0 to ${this.classes.length - 1}`,
    });
  }
}
