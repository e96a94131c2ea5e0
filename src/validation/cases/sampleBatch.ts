import type { SampleBatchAttributes } from "../../ops/sampleBatch.ts";
import { sampleBatch } from "../../ops/sampleBatch.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

type ImageShape = SampleBatchAttributes["imageShape"];

function sampleCase(
  name: string,
  imageShape: ImageShape,
  batchSize: number,
  count: number,
  batchStart: number,
): Case {
  const images = 9;
  const bytes = images * imageShape.reduce((product, size) => product * size, 1);
  return {
    name,
    inputs: [
      { shape: [Math.ceil(bytes / 4)], fill: { kind: "indices", below: 2 ** 32 } },
      { shape: [Math.ceil(images / 4)], fill: { kind: "indices", below: 2 ** 32 } },
      { shape: [count], fill: { kind: "indices", below: images } },
    ],
    build: ([pixels, labels, permutation]) =>
      sampleBatch(need(pixels), need(labels), need(permutation), {
        batchSize,
        imageShape,
        count,
        mean: 0.1307,
        standardDeviation: 0.3081,
      }),
    step: { batchStart },
    gradient: "skip: not differentiable",
  };
}

export const cases: CaseList = {
  op: "sampleBatch",
  cases: [
    sampleCase("digits", [28, 28, 1], 4, 9, 0),
    sampleCase("whole words, one image", [2, 2, 3], 1, 5, 3),
    sampleCase("images that begin inside a word", [3, 5, 1], 7, 9, 1),
    sampleCase("images smaller than a vector", [1, 1, 1], 67, 80, 5),
    sampleCase("two bytes an image", [1, 2, 1], 5, 5, 0),
    sampleCase("the last batch is filled up", [3, 3, 3], 4, 6, 4),
    sampleCase("past the end", [2, 2, 1], 3, 6, 6),
  ],
  random: (draw) => {
    const image = [draw.integer(1, 6), draw.integer(1, 6), draw.integer(1, 4)] as const;
    const count = draw.integer(1, 40);
    return sampleCase("any images", image, draw.integer(1, 40), count, draw.integer(0, count));
  },
};
