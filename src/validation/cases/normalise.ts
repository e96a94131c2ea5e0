import { normaliseGroups } from "../../ops/normalise.ts";
import type { Case, CaseList } from "../case.ts";
import { inHalf, mixed } from "../kit/half.ts";
import type { Grouped } from "../kit/normalisations.ts";
import { groupedCases, halfGrouped, inputOf, large, vectors } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const normaliseCase = ({ groups, ...given }: Grouped, affine: 0 | 1 | 2): Case => ({
  name: `${given.name}${["", ", scale", ", scale and bias"][affine]}`,
  inputs: [inputOf(given), ...vectors(given.shape.slice(-1), affine)],
  build: ([x, scale, bias]) => normaliseGroups(need(x), { groups, epsilon: 1e-5 }, { scale, bias }).out,
  ...large(given.shape),
});

const affine = [2, 0, 2, 2, 0, 1, 2, 2, 1, 0, 2, 0, 2, 1, 2] as const;

const inHalfToo = groupedCases.filter(({ name }) => halfGrouped.includes(name));

export const cases: CaseList = {
  op: "normalise",
  cases: [
    ...groupedCases.map((given, index) => normaliseCase(given, affine[index] ?? 0)),
    ...inHalfToo.map((given) => inHalf(normaliseCase(given, 2))),
    ...inHalfToo.slice(0, 2).map((given) => mixed(normaliseCase(given, 2), 0)),
  ],
  random: (draw) => {
    const [groups, width] = [draw.integer(1, 5), draw.integer(1, 5)];
    const shape = [draw.integer(1, 3), draw.integer(1, 40), groups * width];
    const name = `[${shape.join(", ")}], ${groups} groups`;
    return normaliseCase({ name, shape, groups }, draw.pick([0, 1, 2]));
  },
};
