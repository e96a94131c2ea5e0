import { normaliseRows } from "../../ops/normaliseRows.ts";
import { normaliseRowsGradient } from "../../ops/normaliseRowsGradient.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { inHalf, mixed } from "../kit/half.ts";
import { halfRows, inputOf, large, rowCases, vectors } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

interface Rows {
  readonly name: string;
  readonly shape: readonly number[];
  readonly fill?: Fill;
}

const gradientCase = (given: Rows, centred: boolean, affine: 0 | 1): Case => ({
  name: `${given.name}${centred ? "" : ", not centred"}${affine ? ", scale" : ""}`,
  inputs: [{ shape: given.shape }, inputOf(given), ...vectors(given.shape.slice(-1), affine)],
  build: ([dy, x, scale]) => {
    const attributes = { epsilon: 1e-5, centred };
    const [, mean, inverse] = normaliseRows(need(x), attributes);
    return normaliseRowsGradient(need(dy), need(x), mean, inverse, attributes, scale);
  },
  ...large(given.shape),
});

const inHalfToo = rowCases.filter(({ name }) => halfRows.includes(name));

export const cases: CaseList = {
  op: "normaliseRowsGradient",
  cases: [
    ...rowCases.map((given, index) => gradientCase(given, true, index % 2 ? 0 : 1)),
    ...rowCases
      .filter((_, index) => index % 2 === 1)
      .map((given, index) => gradientCase(given, false, index % 2 ? 0 : 1)),
    ...inHalfToo.map((given, index) => inHalf(gradientCase(given, index % 3 !== 1, 1))),
    ...inHalfToo.slice(1, 3).map((given) => mixed(gradientCase(given, true, 1), 1)),
  ],
  random: (draw) => {
    const shape = [draw.integer(1, 9), draw.integer(1, 40)];
    return gradientCase(
      { name: `[${shape.join(", ")}]`, shape },
      draw.pick([true, false]),
      draw.pick([0, 1]),
    );
  },
};
