/**
 * A dataset of images in one file for pages: `WGI1`, the header's length as little-endian u32, the header as JSON, then, as one
 * gzip stream, training labels, test labels, training images and test images, each a byte an element in NHWC order. Nothing
 * is lost, and gzip's checksum tells a broken file.
 */
import * as v from "valibot";
import { DataError, ImageDataset } from "../../index.browser.ts";

/** How many images a part has, and how many the published dataset has. */
export interface PartSize {
  readonly count: number;
  readonly of: number;
}

export interface CompactImages {
  readonly train: ImageDataset;
  readonly test: ImageDataset;
  readonly sizes: { readonly train: PartSize; readonly test: PartSize };
}

const magic = new TextEncoder().encode("WGI1");
const headerStart = magic.length + 4;

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const part = v.strictObject({ count, of: count });
const perChannel = v.union([v.number(), v.array(v.number())]);
const headerSchema = v.strictObject({
  name: v.string(),
  shape: v.strictTuple([count, count, count]),
  classes: v.array(v.string()),
  normalisation: v.strictObject({ mean: perChannel, standardDeviation: perChannel }),
  train: part,
  test: part,
});
type Header = v.InferOutput<typeof headerSchema>;

/** The file of two parts of a dataset; labels are looked up in the training part's classes. */
export async function packImages({ train, test, sizes }: CompactImages): Promise<Uint8Array<ArrayBuffer>> {
  const { mean, standardDeviation } = train.normalisation;
  const copied = (values: number | readonly number[]) => (typeof values === "number" ? values : [...values]);
  const header: Header = {
    name: train.name.replace(/\/train$/, ""),
    shape: [...train.shape],
    classes: [...train.classes],
    normalisation: { mean: copied(mean), standardDeviation: copied(standardDeviation) },
    ...sizes,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const arrays = [train.labels, test.labels, train.images, test.images].map((bytes) =>
    Uint8Array.from(bytes),
  );
  const packed = await through(new Blob(arrays), new CompressionStream("gzip"));
  const file = new Uint8Array(headerStart + text.length + packed.length);
  file.set(magic);
  new DataView(file.buffer).setUint32(magic.length, text.length, true);
  file.set(text, headerStart);
  file.set(packed, headerStart + text.length);
  return file;
}

/**
 * Reads what `packImages` wrote.
 * @param name of the file, for messages
 * @throws DataError where the file is none of these, is cut off or broken
 */
export async function unpackImages(file: Uint8Array<ArrayBuffer>, name: string): Promise<CompactImages> {
  const where = `images(${name})`;
  const { header, end } = headerOf(file, where);
  const { train, test, shape } = header;
  const bytes = await unpacked(file.subarray(end), where);
  const image = shape[0] * shape[1] * shape[2];
  const sizes = [train.count, test.count, train.count * image, test.count * image];
  const expected = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes.length !== expected) {
    const problem = "the file does not hold what its header says";
    throw new DataError({ where, problem, got: `${bytes.length} bytes`, expected: String(expected) });
  }
  let start = 0;
  const next = (size = 0): Uint8Array<ArrayBuffer> => {
    start += size;
    return bytes.subarray(start - size, start);
  };
  const [trainLabels, testLabels, trainImages, testImages] = sizes.map(next);
  const dataset = (of: string, labels = new Uint8Array(), images = new Uint8Array()) =>
    new ImageDataset({
      name: `${header.name}/${of}`,
      images,
      labels,
      shape,
      classes: header.classes,
      normalisation: header.normalisation,
    });
  return {
    train: dataset("train", trainLabels, trainImages),
    test: dataset("test", testLabels, testImages),
    sizes: { train, test },
  };
}

function headerOf(file: Uint8Array<ArrayBuffer>, where: string): { header: Header; end: number } {
  if (file.length < headerStart || magic.some((byte, at) => file[at] !== byte)) {
    throw new DataError({ where, problem: "no file of compact images", hint: "run `npm run build` again" });
  }
  const length = new DataView(file.buffer, file.byteOffset).getUint32(magic.length, true);
  const end = headerStart + length;
  const header = v.safeParse(
    v.pipe(v.string(), v.parseJson(), headerSchema),
    new TextDecoder().decode(file.subarray(headerStart, end)),
  );
  if (!header.success) throw new DataError({ where, problem: "the file's header is broken" });
  return { header: header.output, end };
}

async function unpacked(packed: Uint8Array<ArrayBuffer>, where: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await through(new Blob([packed]), new DecompressionStream("gzip"));
  } catch (cause) {
    // Streams report what is cut off or broken as a TypeError.
    throw new DataError({ where, problem: "the file is cut off or broken" }, { cause });
  }
}

async function through(
  blob: Blob,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(blob.stream().pipeThrough(stream)).arrayBuffer());
}
