import type { TableDataset } from "../../src/data/table_dataset.ts";

/** The weights and bias of least squares, in f64: the normal equations by Gauss's elimination with pivots. */
export function leastSquares(table: TableDataset, values: ArrayLike<number>): number[] {
  const width = table.featureNames.length + 1;
  const system = Array.from({ length: width }, () => new Float64Array(width + 1));
  for (let row = 0; row < table.count; row++) {
    const own = rowOf(table, row);
    system.forEach((equation, i) => {
      own.forEach((value, j) => {
        equation[j] = (equation[j] ?? 0) + (own[i] ?? 0) * value;
      });
      equation[width] = (equation[width] ?? 0) + (own[i] ?? 0) * (values[row] ?? 0);
    });
  }
  for (let column = 0; column < width; column++) {
    const rest = system.slice(column);
    const pivot = rest.reduce((a, b) => (Math.abs(b[column] ?? 0) > Math.abs(a[column] ?? 0) ? b : a));
    const at = system.indexOf(pivot);
    [system[column], system[at]] = [pivot, system[column] ?? pivot];
    for (const equation of system) {
      if (equation === pivot) continue;
      const share = (equation[column] ?? 0) / (pivot[column] ?? 1);
      equation.forEach((value, place) => {
        equation[place] = value - share * (pivot[place] ?? 0);
      });
    }
  }
  return system.map((equation, place) => (equation[width] ?? 0) / (equation[place] ?? 1));
}

/** What they predict of each row. */
export function predictions(table: TableDataset, weights: readonly number[]): number[] {
  return Array.from({ length: table.count }, (_, row) =>
    rowOf(table, row).reduce((sum, value, place) => sum + value * (weights[place] ?? 0), 0),
  );
}

function rowOf({ features, featureNames }: TableDataset, row: number): number[] {
  const width = featureNames.length;
  return [...features.subarray(row * width, (row + 1) * width), 1];
}
