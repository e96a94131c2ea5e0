import { instanceNorm } from "../../ops/instanceNorm.ts";
import type { Case, CaseList } from "../case.ts";
import { mixed, someInHalf } from "../kit/half.ts";
import { drawNormCase } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const inFull: readonly Case[] = [
  {
    name: "images",
    inputs: [{ shape: [2, 4, 5, 4] }, { shape: [4] }, { shape: [4] }],
    build: ([x, scale, bias]) => instanceNorm(need(x), { scale, bias }),
  },
  { name: "sequences", inputs: [{ shape: [3, 7, 5] }], build: ([x]) => instanceNorm(need(x)) },
];

export const cases: CaseList = {
  op: "instanceNorm",
  cases: [
    ...inFull,
    ...someInHalf(inFull, ["images", "sequences"]),
    ...inFull.slice(0, 1).map((given) => mixed(given, 0)),
  ],
  random: (draw) => {
    const shape = [draw.integer(1, 4), draw.integer(1, 9), draw.integer(1, 9), draw.integer(1, 13)];
    return drawNormCase(draw, shape, instanceNorm);
  },
};
