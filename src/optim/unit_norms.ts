import type { Tensor } from "../graph/tensor.ts";
import type { Parameter, ParameterSet } from "../nn/parameters.ts";
import { boundNorms } from "../ops/boundNorms.ts";
import { norm } from "../ops/norm.ts";
import { stridedNorms } from "../ops/stridedNorms.ts";
import { blockTable, vector } from "./block_table.ts";

/** Terms that one invocation adds up; longer sums are taken in parts, which run side by side. */
const mostTerms = 256;

/** A matrix in a flat buffer: one norm for each of its columns. */
interface Columns {
  /** Its first element. */
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Bounds the norms of columns of parameters, or of what is laid out as they are: one or more dispatches for the norms of
 * all, by how long the longest is, and one that scales.
 * @param columnsOf how many columns a parameter has: 1 bounds it as a whole, 0 leaves it as it is
 */
export function boundColumns(
  flat: Tensor,
  parameters: ParameterSet,
  columnsOf: (parameter: Parameter) => number,
  limit: number,
): Tensor {
  const matrices: Columns[] = [];
  const places = new Map<Parameter, readonly number[]>();
  let norms = 0;
  for (const parameter of parameters.parameters) {
    const columns = columnsOf(parameter);
    if (columns === 0) continue;
    const { offset, length } = parameter;
    matrices.push({ start: offset, rows: length / columns, columns });
    places.set(parameter, [offset, columns, norms]);
    norms += columns;
  }
  if (norms === 0) return flat;
  const blocks = blockTable(parameters, "u32", 3, (parameter) => places.get(parameter) ?? [0, 0, 0]);
  return boundNorms(flat, columnNorms(flat, matrices), blocks, { limit });
}

/** The norm of all parameters, or of what is laid out as they are: a scalar. What lies between them does not count. */
export function globalNorm(flat: Tensor, { parameters }: ParameterSet): Tensor {
  const vectors = parameters.map(({ offset, length }) => ({ start: offset, rows: length, columns: 1 }));
  return norm(normsOfParts(flat, vectors).norms);
}

/** The norms of all columns, matrix by matrix. */
function columnNorms(x: Tensor, matrices: readonly Columns[]): Tensor {
  const { norms, parts } = normsOfParts(x, matrices);
  // The norm of the norms of parts is the norm of the whole.
  return parts.every(({ rows }) => rows === 1) ? norms : columnNorms(norms, parts);
}

/** The norms of columns, of parts of them where they are long; and where the norms of each matrix lie. */
function normsOfParts(x: Tensor, matrices: readonly Columns[]): { norms: Tensor; parts: readonly Columns[] } {
  const segments: number[] = [];
  const parts = matrices.map(({ start, rows, columns }): Columns => {
    const first = segments.length / 3;
    for (let row = 0; row < rows; row += mostTerms) {
      const count = Math.min(mostTerms, rows - row);
      for (let column = 0; column < columns; column++) {
        segments.push(start + row * columns + column, columns, count);
      }
    }
    return { start: first, rows: Math.ceil(rows / mostTerms), columns };
  });
  return { norms: stridedNorms(x, vector(Uint32Array.from(segments))), parts };
}
