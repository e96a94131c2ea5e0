import { DataError } from "../device/errors.ts";
import type {
  ImageDatasetFields,
  LabelTarget,
  Normalisation,
  Selectable,
  StoredExamples,
} from "./dataset_types.ts";
import { expectTaken } from "./examples.ts";
import { ofChannel, storeImages } from "./image_store.ts";

export type { ImageDatasetFields, Normalisation };

/** Labelled u8 images in host memory, checked when made. Holds views, copies nothing. */
export class ImageDataset implements ImageDatasetFields, Selectable<ImageDataset> {
  readonly unit = "images";
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

  get target(): LabelTarget {
    return { kind: "labels", classes: this.classes };
  }

  /** The first `n` images, or all where there are fewer; views of the same memory. Throws UsageError unless n ≥ 1. */
  take(n: number): ImageDataset {
    const count = expectTaken(this, n);
    const images = this.images.subarray(0, count * (this.images.length / this.count));
    return this.#with({ images, labels: this.labels.subarray(0, count) });
  }

  select(indices: Uint32Array, name: string): ImageDataset {
    const size = this.images.length / this.count;
    const images = new Uint8Array(indices.length * size);
    indices.forEach((index, at) => {
      images.set(this.images.subarray(index * size, (index + 1) * size), at * size);
    });
    return this.#with({ name, images, labels: Uint8Array.from(indices, (index) => this.labels[index] ?? 0) });
  }

  /** The same images normalised otherwise. */
  withNormalisation(normalisation: Normalisation): ImageDataset {
    return this.#with({ normalisation });
  }

  store(): StoredExamples {
    return storeImages(this);
  }

  #with(changes: Partial<ImageDatasetFields>): ImageDataset {
    const { name, images, labels, shape, classes, normalisation } = this;
    return new ImageDataset({ name, images, labels, shape, classes, normalisation, ...changes });
  }

  #checkSizes(): void {
    const where = `dataset(${this.name})`;
    const { shape, count } = this;
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
    this.#checkNormalisation();
  }

  #checkNormalisation(): void {
    const channels = this.shape[2];
    const { mean, standardDeviation } = this.normalisation;
    const fits = [mean, standardDeviation].every(
      (values) => typeof values === "number" || values.length === channels,
    );
    const right = Array.from({ length: channels }, (_, channel) => channel).every(
      (channel) => Number.isFinite(ofChannel(mean, channel)) && ofChannel(standardDeviation, channel) > 0,
    );
    if (fits && right) return;
    throw new DataError({
      where: `dataset(${this.name})`,
      problem: "wrong normalisation",
      got: `mean ${mean}, standard deviation ${standardDeviation}`,
      expected: "finite means and positive standard deviations: a number, or one for each channel",
    });
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
