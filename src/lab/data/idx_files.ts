import { DataError, ImageDataset, parseIdx } from "../../index.browser.ts";

interface Pair {
  images?: File;
  labels?: File;
}

/**
 * Images of idx files in pairs, `…images…` and `…labels…`; a pair whose names begin with `t10k` or `test` is the test part.
 * @throws DataError where half of a pair is missing, a file is broken, or there are images of two sizes
 */
export async function imagesOfIdx(
  name: string,
  files: readonly File[],
): Promise<{ train: ImageDataset; test?: ImageDataset }> {
  const parts: Record<"train" | "test", Pair> = { train: {}, test: {} };
  for (const file of files) {
    const part = /^(t10k|test)/i.test(file.name) ? parts.test : parts.train;
    if (/images/i.test(file.name)) part.images = file;
    else if (/labels/i.test(file.name)) part.labels = file;
    else {
      const expected = "images or labels in its name";
      throw new DataError({ where: file.name, problem: "unclear what the file holds", expected });
    }
  }
  const train = await partOf(`${name}/train`, parts.train);
  if (!parts.test.images && !parts.test.labels) return { train };
  const test = await partOf(`${name}/test`, parts.test);
  if (test.shape.join() === train.shape.join()) return { train, test };
  throw new DataError({
    where: parts.test.images?.name ?? name,
    problem: "images of another size than those to train with",
    got: `[${test.shape.join(", ")}]`,
    expected: `[${train.shape.join(", ")}]`,
  });
}

async function partOf(name: string, { images, labels }: Pair): Promise<ImageDataset> {
  if (!images || !labels) {
    const got = (images ?? labels)?.name ?? "neither";
    const expected = "a file of images and one of labels";
    throw new DataError({ where: name, problem: "half of the pair is missing", got, expected });
  }
  const pixels = parseIdx(await bytesOf(images), images.name, 3);
  const own = parseIdx(await bytesOf(labels), labels.name, 1).data;
  const [, height = 0, width = 0] = pixels.shape;
  const highest = own.reduce((most, label) => Math.max(most, label), 0);
  return new ImageDataset({
    name,
    images: pixels.data,
    labels: own,
    shape: [height, width, 1],
    classes: Array.from({ length: Math.max(10, highest + 1) }, (_, label) => String(label)),
    normalisation: { mean: 0.5, standardDeviation: 0.5 },
  });
}

/** Unpacked where the file is compressed, as idx files are published. */
async function bytesOf(file: File): Promise<Uint8Array> {
  if (!/\.gz$/i.test(file.name)) return new Uint8Array(await file.arrayBuffer());
  try {
    const stream = file.stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (cause) {
    throw new DataError({ where: file.name, problem: "the file is cut off or broken" }, { cause });
  }
}
