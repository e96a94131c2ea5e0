import { groupNorm } from "../../ops/groupNorm.ts";
import type { Case, CaseList } from "../case.ts";
import { mixed, someInHalf } from "../kit/half.ts";
import { drawImages, drawNormCase } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const inFull: readonly Case[] = [
  {
    name: "images",
    inputs: [{ shape: [2, 3, 4, 8] }, { shape: [8] }, { shape: [8] }],
    build: ([x, scale, bias]) => groupNorm(need(x), 2, { scale, bias }),
  },
  {
    name: "features, a bias alone",
    inputs: [{ shape: [4, 6] }, { shape: [6] }],
    build: ([x, bias]) => groupNorm(need(x), 3, { bias }),
  },
];

export const cases: CaseList = {
  op: "groupNorm",
  cases: [
    ...inFull,
    ...someInHalf(inFull, ["images"]),
    ...inFull.slice(0, 2).map((given) => mixed(given, 0)),
  ],
  random: (draw) => {
    const [groups, width] = [draw.integer(1, 4), draw.integer(1, 4)];
    const shape = [...drawImages(draw).slice(0, -1), groups * width];
    const given = drawNormCase(draw, shape, (x, options) => groupNorm(x, groups, options));
    return { ...given, name: `${given.name}, ${groups} groups` };
  },
};
