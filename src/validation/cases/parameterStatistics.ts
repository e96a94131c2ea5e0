import { parameterStatistics } from "../../ops/parameterStatistics.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

/** @param sizes of parameters, which begin at multiples of 64 as a model's do */
function parameterCase(name: string, sizes: readonly number[], scale = 1): Case {
  let length = 0;
  const segments = sizes.map((elements) => {
    const first = length;
    length += 64 * Math.ceil(elements / 64);
    return { first, elements };
  });
  return {
    name,
    inputs: [{ shape: [length], fill: { kind: "normal", scale } }, { shape: [length] }, { shape: [length] }],
    build: ([gradients, parameters, previous]) => {
      const made = parameterStatistics(need(gradients), need(parameters), need(previous), segments);
      return [made.previous, made.parts];
    },
    tolerance: {
      kind: "reduction",
      terms: Math.min(1024, Math.max(...sizes)),
      magnitude: Math.max(1, ...sizes),
    },
    gradient: "skip: state",
  };
}

export const cases: CaseList = {
  op: "parameterStatistics",
  cases: [
    parameterCase("one parameter", [1]),
    parameterCase("ends within vectors", [3, 64, 65, 1, 127]),
    parameterCase("several parts", [2500, 10, 1025]),
    parameterCase("small gradients", [300, 7], 1e-4),
    {
      ...parameterCase("gradients whose squares vanish", [300, 7], 1e-28),
      tolerance: { kind: "elementwise" },
    },
  ],
  random: (draw) => {
    const sizes = Array.from({ length: draw.integer(1, 5) }, () => draw.integer(1, 1500));
    return parameterCase(`sizes ${sizes.join(", ")}`, sizes, draw.pick([1, 1e-3]));
  },
};
