import { scalar } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { add } from "../../ops/add.ts";
import { broadcastTo } from "../../ops/broadcast.ts";
import { concat } from "../../ops/concat.ts";
import { mul } from "../../ops/mul.ts";
import { reshape } from "../../ops/reshape.ts";

/** A number that is the same for all examples, or one for each: f32 [batch, 1]. */
export type Entry = Tensor | number;

/** row = a · i + b · j + c, column = d · i + e · j + f: from a result's place to the image's, relative to the centres. */
export type Affine = readonly [a: Entry, b: Entry, c: Entry, d: Entry, e: Entry, f: Entry];

export const identity: Affine = [1, 0, 0, 0, 1, 0];

/** The map of two in a row: what the second shows of what the first shows of the image. */
export function compose(first: Affine, second: Affine): Affine {
  const [a, b, c, d, e, f] = first;
  const [p, q, r, s, t, u] = second;
  return [
    plus(times(a, p), times(b, s)),
    plus(times(a, q), times(b, t)),
    plus(plus(times(a, r), times(b, u)), c),
    plus(times(d, p), times(e, s)),
    plus(times(d, q), times(e, t)),
    plus(plus(times(d, r), times(e, u)), f),
  ];
}

/** f32 [batch, 2, 3], as `warpAffine` takes it. */
export function matricesOf(map: Affine, batchSize: number): Tensor {
  const columns = map.map((entry) => broadcastTo(tensorOf(entry), [batchSize, 1]));
  return reshape(concat(columns, { axis: 1 }), [batchSize, 2, 3]);
}

function times(x: Entry, y: Entry): Entry {
  if (typeof x === "number" && typeof y === "number") return x * y;
  if (x === 0 || y === 0) return 0;
  if (x === 1) return y;
  if (y === 1) return x;
  return mul(tensorOf(x), tensorOf(y));
}

function plus(x: Entry, y: Entry): Entry {
  if (typeof x === "number" && typeof y === "number") return x + y;
  if (x === 0) return y;
  if (y === 0) return x;
  return add(tensorOf(x), tensorOf(y));
}

const tensorOf = (entry: Entry): Tensor => (typeof entry === "number" ? scalar(entry) : entry);
