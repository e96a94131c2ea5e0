import { normaliseRows } from "../../ops/normaliseRows.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { inHalf, mixed } from "../kit/half.ts";
import { halfRows, inputOf, large, rowCases, vectors } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

interface Rows {
  readonly name: string;
  readonly shape: readonly number[];
  readonly fill?: Fill;
}

const rowsCase = (given: Rows, centred: boolean, affine: 0 | 1 | 2): Case => ({
  name: `${given.name}${centred ? "" : ", not centred"}${["", ", scale", ", scale and bias"][affine]}`,
  inputs: [inputOf(given), ...vectors(given.shape.slice(-1), affine)],
  build: ([x, scale, bias]) => normaliseRows(need(x), { epsilon: 1e-5, centred }, scale, bias),
  ...large(given.shape),
});

const affine = [2, 0, 2, 2, 0, 1] as const;

const inHalfToo = rowCases.filter(({ name }) => halfRows.includes(name));

export const cases: CaseList = {
  op: "normaliseRows",
  cases: [
    ...rowCases.map((given, index) => rowsCase(given, true, affine[index % 6] ?? 0)),
    ...rowCases
      .filter((_, index) => index % 2 === 1)
      .map((given, index) => rowsCase(given, false, index % 2 ? 0 : 1)),
    ...inHalfToo.map((given, index) => inHalf(rowsCase(given, index % 3 !== 1, 2))),
    ...inHalfToo.slice(1, 3).map((given) => mixed(rowsCase(given, true, 2), 0)),
  ],
  random: (draw) => {
    const shape = [draw.integer(1, 9), draw.integer(1, 40)];
    return rowsCase({ name: `[${shape.join(", ")}]`, shape }, draw.pick([true, false]), draw.pick([0, 1, 2]));
  },
};
