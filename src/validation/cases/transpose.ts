import type { Shape } from "../../kernels/types.ts";
import { transpose } from "../../ops/transpose.ts";
import type { Case, CaseList } from "../case.ts";
import { someInHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

const permutations: readonly (readonly [name: string, shape: Shape, axes: readonly number[] | undefined])[] =
  [
    ["a matrix", [7, 11], undefined],
    ["whole vectors", [8, 64], [1, 0]],
    ["the last two of three", [3, 5, 4], [0, 2, 1]],
    ["NHWC to NCHW", [2, 5, 3, 4], [0, 3, 1, 2]],
    ["axes from the end", [2, 3, 4], [-1, 0, 1]],
    ["axes of size 1 between", [3, 1, 5, 1], [2, 1, 3, 0]],
    ["six axes reversed", [2, 3, 2, 3, 2, 3], undefined],
    ["more than a workgroup", [31, 37], undefined],
  ];

const inFull: readonly Case[] = permutations.map(([name, shape, axes]) => ({
  name,
  inputs: [{ shape }],
  build: ([x]) => transpose(need(x), axes),
  tolerance: { kind: "exact" },
  ...(shape.length === 2 && shape[0] === 31 && { gradient: "skip: large" as const }),
}));

export const cases: CaseList = {
  op: "transpose",
  cases: [...inFull, ...someInHalf(inFull, ["a matrix", "NHWC to NCHW", "axes of size 1 between"])],
};
