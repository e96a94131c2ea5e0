import type { Shape } from "../../kernels/types.ts";
import { softmax } from "../../ops/softmax.ts";
import type { CaseList } from "../case.ts";
import { valuesCase } from "../kit/extremes.ts";
import { unaryCase } from "../kit/shapes.ts";

const shapes: readonly (readonly [name: string, shape: Shape])[] = [
  ["one element", [1]],
  ["one column", [5, 1]],
  ["ten classes", [7, 10]],
  ["primes", [67, 13]],
  ["more than two axes", [2, 3, 5]],
  ["a workgroup's stride", [3, 256]],
  ["a workgroup's stride + 1", [2, 257]],
];

const usual = shapes.map(([name, shape]) => unaryCase(name, shape, softmax, { kind: "normal", scale: 3 }));
const long = unaryCase("a long row", [3, 1031], softmax, { kind: "normal", scale: 3 });

export const cases: CaseList = {
  op: "softmax",
  cases: [
    ...usual,
    { ...long, gradient: "skip: large" },
    valuesCase("far apart", [3e38, -3e38, 0, 88, 1e4], softmax),
    valuesCase("all huge", [3e38, 3e38, 3e38], softmax),
    valuesCase("all hugely negative", [-3e38, -3e38, -1e4 - 3e38], softmax),
    valuesCase("masked by −∞", [1, Number.NEGATIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, 0.5], softmax),
    valuesCase("a NaN", [1, Number.NaN, 2, 3, 4, 5], softmax),
  ],
};
