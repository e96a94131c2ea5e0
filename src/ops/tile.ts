import type { Tensor } from "../graph/tensor.ts";
import { broadcastTo } from "./broadcast.ts";
import { normaliseAxis, shapeError, sizeAt } from "./checks.ts";
import { reshape } from "./reshape.ts";
import type { AxisOptions } from "./split.ts";

/**
 * The whole tensor again and again along each axis, as NumPy's `tile` and PyTorch's `repeat`: [a, b] twice is
 * [a, b, a, b]. f32, u32 or i32. Its gradient sums over the repetitions.
 * @param repetitions for each axis; with more of them than axes, new axes come in front, with fewer the first axes stay
 * @throws ShapeError where one is no positive integer
 */
export function tile(x: Tensor, repetitions: readonly number[]): Tensor {
  expectCounts("tile", x, repetitions);
  const rank = Math.max(repetitions.length, x.shape.length);
  const times = [...new Array<number>(rank - repetitions.length).fill(1), ...repetitions];
  const sizes = [...new Array<number>(rank - x.shape.length).fill(1), ...x.shape];
  const repeated = times.flatMap((count, axis) => (count > 1 ? [axis] : []));
  let result = reshape(x, sizes);
  while (repeated.length > 0) result = tileAxes(result, times, repeated.splice(-axesAtOnce));
  return result;
}

/** An axis that repeats takes two of the six that broadcasting has, and what lies before one. */
const axesAtOnce = 2;

function tileAxes(x: Tensor, times: readonly number[], axes: readonly number[]): Tensor {
  const count = (axis: number) => (axes.includes(axis) ? (times[axis] ?? 1) : 1);
  const apart = x.shape.flatMap((size) => [1, size]);
  const repeated = x.shape.flatMap((size, axis) => [count(axis), size]);
  return reshape(
    broadcastTo(reshape(x, apart), repeated),
    x.shape.map((size, axis) => size * count(axis)),
  );
}

/**
 * Each element again and again along an axis, as NumPy's `repeat` and PyTorch's `repeat_interleave`: [a, b] twice is
 * [a, a, b, b]. f32, u32 or i32. Nearest-neighbour upsampling is this along two axes.
 * @throws ShapeError where there is no such axis, or the count is no positive integer
 */
export function repeat(x: Tensor, count: number, options: AxisOptions = {}): Tensor {
  expectCounts("repeat", x, [count]);
  const axis = normaliseAxis("repeat", x.shape, options.axis ?? 0);
  const [before, after] = [x.shape.slice(0, axis + 1), x.shape.slice(axis + 1)];
  const repeated = broadcastTo(reshape(x, [...before, 1, ...after]), [...before, count, ...after]);
  return reshape(repeated, [...before.slice(0, -1), sizeAt(x.shape, axis) * count, ...after]);
}

function expectCounts(op: string, x: Tensor, counts: readonly number[]): void {
  if (counts.every((count) => Number.isInteger(count) && count > 0)) return;
  throw shapeError(op, [x.type], `it cannot be repeated ${counts.join(", ")} times`, "positive integers");
}
