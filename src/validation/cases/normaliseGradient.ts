import { record } from "../../graph/tensor.ts";
import { momentsOf } from "../../ops/normalise.ts";
import { normaliseGradientOp } from "../../ops/normaliseGradient.ts";
import type { Case, CaseInput, CaseList } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import type { Grouped } from "../kit/normalisations.ts";
import { groupedCases, halfGrouped, inputOf, large } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const epsilon = 1e-5;

function gradientCase({ groups, ...given }: Grouped): Case {
  const { shape } = given;
  const [batch = 1, , channels = 1] = shape;
  const sums = { shape: [batch, 1, channels] };
  return {
    name: given.name,
    inputs: [{ shape }, inputOf(given), sums, sums, { shape: [channels] }],
    build: ([dy, x, plain, weighted, scale]) => {
      const { mean, inverse } = momentsOf(need(x), { groups, epsilon });
      const inputs = [need(dy), need(x), mean, inverse, need(plain), need(weighted), need(scale)];
      return record(normaliseGradientOp, inputs, { groups, epsilon });
    },
    ...large(shape),
  };
}

/** What belongs to x is f16; the sums stay f32. */
function halfCase(given: Grouped): Case {
  const full = gradientCase(given);
  const half = inHalf(full);
  const isSum = (index: number) => index === 2 || index === 3;
  const inputs = half.inputs.map(
    (input, index): CaseInput => (isSum(index) ? (full.inputs[index] ?? input) : input),
  );
  return { ...half, inputs };
}

export const cases: CaseList = {
  op: "normaliseGradient",
  cases: [
    ...groupedCases.map(gradientCase),
    ...groupedCases.filter(({ name }) => halfGrouped.includes(name)).map(halfCase),
  ],
  random: (draw) => {
    const [groups, width] = [draw.integer(1, 5), draw.integer(1, 5)];
    const shape = [draw.integer(1, 3), draw.integer(1, 40), groups * width];
    return gradientCase({ name: `[${shape.join(", ")}], ${groups} groups`, shape, groups });
  },
};
