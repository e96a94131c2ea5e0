import { record } from "../../graph/tensor.ts";
import { momentsOf } from "../../ops/normalise.ts";
import { normaliseGradientOp } from "../../ops/normaliseGradient.ts";
import type { Case, CaseList } from "../case.ts";
import type { Grouped } from "../kit/normalisations.ts";
import { groupedCases, inputOf, large, vectors } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const epsilon = 1e-5;

function gradientCase({ groups, ...given }: Grouped, affine: 0 | 1): Case {
  const { shape } = given;
  const [batch = 1, , channels = 1] = shape;
  const sums = { shape: [batch, 1, channels] };
  return {
    name: `${given.name}${affine ? ", scale" : ""}`,
    inputs: [{ shape }, inputOf(given), sums, sums, ...vectors([channels], affine)],
    build: ([dy, x, plain, weighted, ...scale]) => {
      const { mean, inverse } = momentsOf(need(x), { groups, epsilon });
      const inputs = [need(dy), need(x), mean, inverse, need(plain), need(weighted), ...scale];
      return record(normaliseGradientOp, inputs, { groups, epsilon, affine });
    },
    ...large(shape),
  };
}

export const cases: CaseList = {
  op: "normaliseGradient",
  cases: groupedCases.map((given, index) => gradientCase(given, index % 3 === 1 ? 0 : 1)),
  random: (draw) => {
    const [groups, width] = [draw.integer(1, 5), draw.integer(1, 5)];
    const shape = [draw.integer(1, 3), draw.integer(1, 40), groups * width];
    return gradientCase(
      { name: `[${shape.join(", ")}], ${groups} groups`, shape, groups },
      draw.pick([0, 1]),
    );
  },
};
