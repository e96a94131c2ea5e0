import type { Interpolation, Surroundings, WarpOptions } from "../../ops/warpAffine.ts";
import { warpAffine } from "../../ops/warpAffine.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

type Image = readonly [batch: number, height: number, width: number, channels: number];

/** Maps whose entries are sixteenths: places are exact in f32, so that either side takes the same pixels. */
const maps: readonly (readonly number[])[] = [
  [1, 0, 0, 0, 1, 0],
  [0, -1, 0, 1, 0, 0],
  [0.8125, -0.5625, 0.1875, 0.5625, 0.8125, -0.6875],
  [1, 0, 1.25, 0, -1, -2.0625],
  [1.5, 0.25, -3, -0.125, 0.5, 40],
  [0, 0, 0.5, 0, 0, -0.5],
  [-1, 0, 1e5, 0, 1, 0],
];

function warpCase(name: string, image: Image, options: WarpOptions, first = 0): Case {
  const [batch] = image;
  const values = Array.from({ length: batch }, (_, at) => maps[(first + at) % maps.length] ?? []).flat();
  return {
    name,
    inputs: [{ shape: image }, { shape: [batch, 2, 3], fill: { kind: "values", values } }],
    build: ([x, matrices]) => warpAffine(need(x), need(matrices), options),
    gradient: "skip: not differentiable",
  };
}

const huge: Case = {
  name: "huge numbers, an infinity and a NaN, each in its place",
  inputs: [
    {
      shape: [1, 2, 3, 1],
      fill: { kind: "values", values: [3e38, -3e38, Number.POSITIVE_INFINITY, Number.NaN, 0, 3e38] },
    },
    { shape: [1, 2, 3], fill: { kind: "values", values: [1, 0, 0, 0, -1, 0] } },
  ],
  build: ([x, matrices]) => warpAffine(need(x), need(matrices)),
  gradient: "skip: not differentiable",
};

export const cases: CaseList = {
  op: "warpAffine",
  cases: [
    warpCase("all maps, zeros around", [7, 5, 6, 1], {}),
    warpCase("all maps, the border around", [7, 6, 5, 1], { fill: "border" }),
    warpCase("nearest", [7, 5, 5, 3], { interpolation: "nearest" }),
    warpCase("nearest, the border around", [7, 4, 7, 2], { interpolation: "nearest", fill: "border" }),
    warpCase("a pixel", [3, 1, 1, 1], {}, 2),
    warpCase("a smaller result", [4, 9, 8, 3], { size: [5, 4] }, 1),
    warpCase("a larger result", [3, 3, 2, 5], { size: [7, 9], fill: "border" }, 2),
    huge,
  ],
  random: (draw) => {
    const image: Image = [draw.integer(1, 4), draw.integer(1, 9), draw.integer(1, 9), draw.integer(1, 5)];
    const interpolation = draw.pick<Interpolation>(["bilinear", "nearest"]);
    const fill = draw.pick<Surroundings>(["zero", "border"]);
    const size = [draw.integer(1, 9), draw.integer(1, 9)] as const;
    return warpCase("any images", image, { interpolation, fill, size }, draw.integer(0, maps.length - 1));
  },
};
