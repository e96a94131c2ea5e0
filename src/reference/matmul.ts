import type { MatmulAttributes } from "../ops/matmul.ts";
import type { HostTensor, Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

/** One sum after the other, each factor found by its row, its column and the item's coordinates. */
export const reference: Reference<MatmulAttributes> = (inputs, attributes, { outputs }) => {
  const { transposeA, transposeB, parts = 1 } = attributes;
  const a = input(inputs, 0);
  const b = input(inputs, 1);
  const shape = outputs[0]?.shape ?? [];
  const [m = 1, n = 1] = shape.slice(-2);
  // Parts of one product lie along its inner dimension, items of a batch one after another.
  const k = (a.shape.at(transposeA ? -2 : -1) ?? 1) / parts;
  const batch = attributes.parts === undefined ? shape.slice(0, -2) : [];
  const c = new Float64Array(count(shape));
  for (let item = 0; item < count(batch); item++) {
    const left = matrix(a, batch, item, transposeA);
    const right = matrix(b, batch, item, transposeB);
    for (let part = 0; part < parts; part++) {
      for (let row = 0; row < m; row++) {
        for (let column = 0; column < n; column++) {
          let sum = 0;
          for (let inner = part * k; inner < (part + 1) * k; inner++)
            sum += left(row, inner) * right(inner, column);
          c[((item * parts + part) * m + row) * n + column] = sum;
        }
      }
    }
  }
  return [c];
};

/** An operand's matrix for an item of the batch, turned round where it is stored so. */
function matrix(
  { shape, data }: HostTensor,
  batch: readonly number[],
  item: number,
  transposed: boolean,
): (row: number, column: number) => number {
  const [height = 1, width = 1] = shape.slice(-2);
  const own = shape.slice(0, -2);
  let rest = item;
  let place = 0;
  let step = height * width;
  for (let back = 1; back <= batch.length; back++) {
    const across = batch.at(-back) ?? 1;
    const size = own.at(-back) ?? 1;
    if (back <= own.length && size !== 1) place += (rest % across) * step;
    if (back <= own.length) step *= size;
    rest = Math.floor(rest / across);
  }
  return (row, column) => at(data, place + (transposed ? column * width + row : row * width + column));
}
