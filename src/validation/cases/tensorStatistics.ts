import { blocksOf } from "../../ops/statistics.ts";
import { mostTensors, tensorStatistics } from "../../ops/tensorStatistics.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { repeated } from "../kit/fills.ts";

const longest = (sizes: readonly number[]): number =>
  Math.max(...sizes.flatMap((size) => blocksOf(size).map(({ elements }) => elements)));

function statisticsCase(name: string, sizes: readonly number[], fill?: Fill | readonly number[]): Case {
  return {
    name,
    inputs: sizes.map((size) => ({ shape: [size], ...(fill && { fill: filling(fill, size) }) })),
    build: (tensors) => tensorStatistics(tensors),
    tolerance: { kind: "reduction", terms: longest(sizes) },
    gradient: "skip: not differentiable",
  };
}

/** A list is repeated. */
const filling = (fill: Fill | readonly number[], size: number): Fill =>
  "kind" in fill ? fill : repeated(fill, size);

/** Relative to the result, which elementwise tolerances would take for 0. */
function extreme(name: string, values: readonly number[]): Case {
  return {
    ...statisticsCase(name, [values.length, 1031], values),
    tolerance: { kind: "relative", error: 1e-5 },
  };
}

export const cases: CaseList = {
  op: "tensorStatistics",
  cases: [
    statisticsCase("one element", [1]),
    statisticsCase("six tensors, ends within vectors", [3, 4, 5, 64, 257, 1031]),
    statisticsCase("parts that are no powers of two", [5000, 1024, 1025]),
    statisticsCase("about 1e-3", [999, 17], { kind: "normal", scale: 1e-3 }),
    statisticsCase("about 1e-5", [999, 17], { kind: "normal", scale: 1e-5 }),
    statisticsCase("zeros", [30], [0, -0]),
    statisticsCase("zeros between numbers", [66], [0, 0, 1, -0, 0, 0, 2e-5, 0.5]),
    extreme("squares overflow", [3e38, 3e38, 2e38, 1e38, 1, 3e38, 1e38]),
    extreme("squares vanish", [1e-25, 3e-26, 1e-25, 7e-27, 2e-25]),
    extreme("the smallest normal numbers", [2 ** -125, 2 ** -124, 2 ** -125, 2 ** -123]),
    extreme("infinite and NaN", [
      1,
      Number.POSITIVE_INFINITY,
      2,
      Number.NaN,
      1e-4,
      Number.NEGATIVE_INFINITY,
      3,
    ]),
    extreme("nothing finite", [Number.NaN, Number.POSITIVE_INFINITY]),
    extreme("at the ends of what is ordinary", [2 ** -48, 2 ** -49, 2 ** -48]),
    extreme("just below ordinary", [2 ** -49, 2 ** -60, 2 ** -50]),
    extreme("large and ordinary", [2 ** 49, 2 ** 40, 1]),
    extreme("just above ordinary", [2 ** 50, 2 ** 49, 2 ** 50]),
  ],
  random: (draw) => {
    const count = draw.integer(1, mostTensors);
    const sizes = Array.from({ length: count }, () => draw.integer(1, 2100));
    const scale = draw.pick([1, 1e-3, 1e-6]);
    return statisticsCase(`sizes ${sizes.join(", ")}, scale ${scale}`, sizes, { kind: "normal", scale });
  },
};
