import type { MatmulAttributes } from "../ops/matmul.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<MatmulAttributes> = (inputs, attributes, { outputs }) => {
  const { transposeA, transposeB, parts } = attributes;
  const a = input(inputs, 0);
  const b = input(inputs, 1);
  const shape = outputs[0]?.shape ?? [];
  const [m = 1, n = 1] = shape.slice(-2);
  const batch = count(shape.slice(0, -2));
  const length = a.shape.at(transposeA ? -2 : -1) ?? 1;
  // Parts of one product lie along its inner dimension, items of a batch one after another.
  const k = length / (parts ?? 1);
  const c = new Float64Array(batch * m * n);
  for (let item = 0; item < batch; item++) {
    const first = parts === undefined ? 0 : item * k;
    const start = parts === undefined ? item : 0;
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (let inner = first; inner < first + k; inner++) {
          const left = start * m * k + (transposeA ? inner * m + row : row * length + inner);
          const right = start * k * n + (transposeB ? column * length + inner : inner * n + column);
          sum += at(a.data, left) * at(b.data, right);
        }
        c[(item * m + row) * n + column] = sum;
      }
    }
  }
  return [c];
};
