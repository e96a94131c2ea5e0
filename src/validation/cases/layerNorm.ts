import { layerNorm } from "../../ops/layerNorm.ts";
import type { Case, CaseList } from "../case.ts";
import { mixed, someInHalf } from "../kit/half.ts";
import { drawImages, drawNormCase } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const inFull: readonly Case[] = [
  {
    name: "features",
    inputs: [{ shape: [3, 5, 8] }, { shape: [8] }, { shape: [8] }],
    build: ([x, scale, bias]) => layerNorm(need(x), { scale, bias }),
  },
  {
    name: "two last axes",
    inputs: [{ shape: [3, 2, 5] }, { shape: [2, 5] }],
    build: ([x, scale]) => layerNorm(need(x), { lastAxes: 2, scale }),
  },
  {
    name: "a bias alone",
    inputs: [{ shape: [6, 7] }, { shape: [7] }],
    build: ([x, bias]) => layerNorm(need(x), { bias, epsilon: 0.5 }),
  },
  { name: "one axis", inputs: [{ shape: [9] }], build: ([x]) => layerNorm(need(x)) },
];

export const cases: CaseList = {
  op: "layerNorm",
  cases: [
    ...inFull,
    ...someInHalf(inFull, ["features", "a bias alone"]),
    ...inFull.slice(0, 3).map((given) => mixed(given, 0)),
  ],
  random: (draw) => drawNormCase(draw, drawImages(draw), layerNorm),
};
