import { rmsNorm } from "../../ops/rmsNorm.ts";
import type { Case, CaseList } from "../case.ts";
import { mixed, someInHalf } from "../kit/half.ts";
import { drawImages } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const inFull: readonly Case[] = [
  {
    name: "features",
    inputs: [{ shape: [3, 5, 8] }, { shape: [8] }],
    build: ([x, scale]) => rmsNorm(need(x), { scale }),
  },
  {
    name: "two last axes",
    inputs: [{ shape: [3, 2, 5] }],
    build: ([x]) => rmsNorm(need(x), { lastAxes: 2, epsilon: 0.5 }),
  },
];

export const cases: CaseList = {
  op: "rmsNorm",
  cases: [
    ...inFull,
    ...someInHalf(inFull, ["features"]),
    ...inFull.slice(0, 1).map((given) => mixed(given, 0)),
  ],
  random: (draw) => {
    const shape = drawImages(draw);
    const scaled = draw.pick([false, true]);
    return {
      name: `[${shape.join(", ")}]${scaled ? ", scale" : ""}`,
      inputs: [{ shape }, ...(scaled ? [{ shape: shape.slice(-1) }] : [])],
      build: ([x, scale]) => rmsNorm(need(x), { scale }),
    };
  },
};
