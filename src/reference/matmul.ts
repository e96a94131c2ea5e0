import type { MatmulAttributes } from "../ops/matmul.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

export const reference: Reference<MatmulAttributes> = (inputs, { transposeA, transposeB }, { outputs }) => {
  const a = input(inputs, 0);
  const b = input(inputs, 1);
  const shape = outputs[0]?.shape ?? [];
  const [m = 1, n = 1] = shape.slice(-2);
  const batch = count(shape.slice(0, -2));
  const k = a.shape.at(transposeA ? -2 : -1) ?? 1;
  const c = new Float64Array(batch * m * n);
  for (let item = 0; item < batch; item++) {
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (let inner = 0; inner < k; inner++) {
          const left = item * m * k + (transposeA ? inner * m + row : row * k + inner);
          const right = item * k * n + (transposeB ? column * k + inner : inner * n + column);
          sum += at(a.data, left) * at(b.data, right);
        }
        c[(item * m + row) * n + column] = sum;
      }
    }
  }
  return [c];
};
