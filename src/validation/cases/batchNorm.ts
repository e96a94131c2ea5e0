import { batchNorm } from "../../ops/batchNorm.ts";
import type { Case, CaseList } from "../case.ts";
import { mixed, someInHalf } from "../kit/half.ts";
import { drawImages, drawNormCase, farAndClose } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const inFull: readonly Case[] = [
  {
    name: "features",
    inputs: [{ shape: [10, 6] }, { shape: [6] }, { shape: [6] }],
    build: ([x, scale, bias]) => batchNorm(need(x), { scale, bias }),
  },
  {
    name: "images, a bias alone",
    inputs: [{ shape: [2, 3, 5, 4] }, { shape: [4] }],
    build: ([x, bias]) => batchNorm(need(x), { bias, epsilon: 1e-3 }),
  },
  {
    name: "far from 0 and close together",
    inputs: [{ shape: [4, 2, 3, 5], fill: farAndClose(120) }],
    build: ([x]) => batchNorm(need(x)),
  },
  {
    name: "given statistics",
    inputs: [
      { shape: [3, 2, 2, 5] },
      { shape: [5] },
      { shape: [5] },
      { shape: [5] },
      { shape: [5], fill: { kind: "uniform", low: 0.1, high: 2 } },
    ],
    build: ([x, scale, bias, mean, variance]) =>
      batchNorm(need(x), { scale, bias, statistics: { mean: need(mean), variance: need(variance) } }),
  },
];

export const cases: CaseList = {
  op: "batchNorm",
  cases: [
    ...inFull,
    ...someInHalf(inFull, ["features", "given statistics"]),
    ...inFull.slice(0, 2).map((given) => mixed(given, 0)),
  ],
  random: (draw) => drawNormCase(draw, drawImages(draw), batchNorm),
};
