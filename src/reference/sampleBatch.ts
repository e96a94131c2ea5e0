import type { SampleBatchAttributes } from "../ops/sampleBatch.ts";
import type { HostTensor, Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<SampleBatchAttributes> = (inputs, attributes, { step }) => {
  const [images, labels, permutation] = [0, 1, 2].map((index) => input(inputs, index)) as [
    HostTensor,
    HostTensor,
    HostTensor,
  ];
  const size = count(attributes.imageShape);
  const x = new Float64Array(attributes.batchSize * size);
  const y = new Uint32Array(attributes.batchSize).fill(0xffffffff);
  for (let row = 0; row < attributes.batchSize; row++) {
    const position = step.batchStart + row;
    if (position >= attributes.count) continue;
    const item = at(permutation.data, position);
    y[row] = byteAt(labels, item);
    for (let pixel = 0; pixel < size; pixel++) {
      const value = byteAt(images, item * size + pixel) / 255;
      x[row * size + pixel] = (value - attributes.mean) / attributes.standardDeviation;
    }
  }
  return [x, y];
};

/** Four bytes a word, the first lowest. */
function byteAt(words: HostTensor, index: number): number {
  return Math.floor(at(words.data, Math.floor(index / 4)) / 256 ** (index % 4)) % 256;
}
