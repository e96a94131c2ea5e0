import type { Tensor } from "../../graph/tensor.ts";
import { add } from "../../ops/add.ts";
import { partsFor, type Statistics } from "../../ops/normalisation.ts";
import { momentsOf } from "../../ops/normalise.ts";
import { normaliseRows } from "../../ops/normaliseRows.ts";
import { normaliseSums } from "../../ops/normaliseSums.ts";
import { reshape } from "../../ops/reshape.ts";
import type { Case, CaseList } from "../case.ts";
import { someInHalf } from "../kit/half.ts";
import type { Grouped } from "../kit/normalisations.ts";
import { groupedCases, halfGrouped, halfRows, inputOf, large, rowCases } from "../kit/normalisations.ts";
import { need } from "../kit/shapes.ts";

const epsilon = 1e-5;

/** Both sums in one tensor, so that gradients reach both. */
function both(dy: Tensor, x: Tensor, statistics: Statistics): Tensor {
  const [mean, inverse] = statisticsOf(x, statistics);
  const { plain, weighted } = normaliseSums(dy, x, mean, inverse, statistics);
  return add(plain, weighted);
}

function statisticsOf(x: Tensor, statistics: Statistics): readonly [mean: Tensor, inverse: Tensor] {
  if (statistics.over === "columns") {
    const { mean, inverse } = momentsOf(x, statistics);
    return [mean, inverse];
  }
  const [, mean, inverse] = normaliseRows(reshape(x, [-1, x.shape.at(-1) ?? 1]), statistics);
  return [mean, inverse];
}

function sumsCase(given: Omit<Grouped, "groups">, statistics: Statistics): Case {
  const length = (given.shape.at(-2) ?? 1) / partsFor(given.shape);
  return {
    name: `${statistics.over}: ${given.name}`,
    inputs: [{ shape: given.shape }, inputOf(given)],
    build: ([dy, x]) => both(need(dy), need(x), statistics),
    // Of normal numbers, the magnitudes of x̂ are 1 in the mean, and those of dy below it.
    tolerance: { kind: "reduction", terms: length, magnitude: length },
    ...large(given.shape),
  };
}

const columns = groupedCases.map(({ groups, ...given }) =>
  sumsCase(given, { over: "columns", epsilon, groups }),
);
/** Without the outlier: as the origin it leaves x̂ an error of an f32 step of 1000, more than a single term may have. */
const rows = rowCases
  .filter(({ name }) => !name.startsWith("an outlier"))
  .map(({ shape, ...given }, index) =>
    sumsCase({ ...given, shape: [1, ...shape] }, { over: "rows", epsilon, centred: index % 3 !== 1 }),
  );
const manyRows = sumsCase(
  { name: "many rows", shape: [1, 1040, 8] },
  { over: "rows", epsilon, centred: true },
);

export const cases: CaseList = {
  op: "normaliseSums",
  cases: [
    ...columns,
    ...rows,
    manyRows,
    ...someInHalf(
      columns,
      halfGrouped.map((name) => `columns: ${name}`),
    ),
    ...someInHalf(
      rows,
      halfRows.map((name) => `rows: ${name}`),
    ),
  ],
  random: (draw) => {
    const shape = [draw.integer(1, 3), draw.integer(1, 40), draw.integer(1, 13)];
    const over = draw.pick(["columns", "rows"] as const);
    const name = `[${shape.join(", ")}]`;
    if (over === "columns") return sumsCase({ name, shape }, { over, epsilon, groups: shape.at(-1) ?? 1 });
    const centred = draw.pick([true, false]);
    return sumsCase({ name: `${name}, ${centred ? "" : "not "}centred`, shape }, { over, epsilon, centred });
  },
};
