import { constantTensor, State, stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { ceilDivide } from "../kernels/types.ts";
import { mul } from "../ops/mul.ts";
import { sampleBatch } from "../ops/sampleBatch.ts";
import { sub } from "../ops/sub.ts";
import type { ImageDatasetFields, Normalisation, StoredExamples } from "./dataset_types.ts";

/** Images on a device: bytes packed four to a word, which a step unpacks and normalises. */
export function storeImages({
  name,
  images,
  labels,
  shape,
  normalisation,
}: ImageDatasetFields): StoredExamples {
  const words = (what: string, bytes: Uint8Array): State => {
    const values = packBytes(bytes);
    return new State(`${name}.${what}`, { shape: [values.length], dtype: "u32" }, values);
  };
  const states = { images: words("images", images), labels: words("labels", labels) };
  const scaling = plain(normalisation) ? normalisation : { mean: 0, standardDeviation: 1 };
  return {
    states: [states.images, states.labels],
    batch: (order, batchSize) => {
      const attributes = { batchSize, imageShape: shape, count: labels.length, ...scaling };
      const [x, y] = sampleBatch(stateTensor(states.images), stateTensor(states.labels), order, attributes);
      if (!x || !y) throw new Error("internal: sampleBatch without outputs");
      return { x: plain(normalisation) ? x : byChannel(x, normalisation), y };
    },
  };
}

interface PlainNormalisation {
  readonly mean: number;
  readonly standardDeviation: number;
}

const plain = (normalisation: Normalisation): normalisation is PlainNormalisation =>
  typeof normalisation.mean === "number" && typeof normalisation.standardDeviation === "number";

/** What a channel has of a normalisation: numbers of its own, or those of all. */
export const ofChannel = (values: number | readonly number[], channel: number): number =>
  typeof values === "number" ? values : (values[channel] ?? Number.NaN);

function byChannel(x: Tensor, { mean, standardDeviation }: Normalisation): Tensor {
  const channels = x.shape[3] ?? 1;
  const vector = (of: (channel: number) => number): Tensor => {
    const values = Float32Array.from({ length: channels }, (_, channel) => of(channel));
    return constantTensor(values, { shape: [channels], dtype: "f32" });
  };
  const centred = sub(
    x,
    vector((channel) => ofChannel(mean, channel)),
  );
  return mul(
    centred,
    vector((channel) => 1 / ofChannel(standardDeviation, channel)),
  );
}

/** Words of four bytes, the first lowest; the same memory where it is aligned and whole. */
export function packBytes(bytes: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = bytes;
  if (byteOffset % 4 === 0 && byteLength % 4 === 0)
    return new Uint32Array(buffer, byteOffset, byteLength / 4);
  const padded = new Uint8Array(4 * ceilDivide(byteLength, 4));
  padded.set(bytes);
  return new Uint32Array(padded.buffer);
}
