import { ShapeError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { ceilDivide, formatShape, sameShape } from "../kernels/types.ts";
import { shapeError } from "./checks.ts";
import { reshape } from "./reshape.ts";
import { sliceAdjoints } from "./slice_adjoints.ts";

export const sliceOp = sliceAdjoints.slice;

/** Every `step`-th element from `start` up to `stop`, which is left out, as Python's `start:stop:step`. */
export interface SliceRange {
  /** Negative: from the end. The first element by default, the last where the step is negative. */
  readonly start?: number;
  /** Negative: from the end. By default to the end, or to the beginning where the step is negative. */
  readonly stop?: number;
  /** 1 by default; negative: backwards. */
  readonly step?: number;
}

/** Of an axis: a number takes one place and drops the axis, null takes all. */
export type SliceIndex = number | null | SliceRange;

/**
 * A part of a tensor, as NumPy's x[1:3, ::2, -1]: `slice(x, [{ start: 1, stop: 3 }, { step: 2 }, -1])`. f32, u32 or i32.
 * Ranges that reach past an axis are cut off at its ends.
 * @param indices from the first axis on; axes that have none are taken whole
 * @throws ShapeError where nothing is left of an axis, a number is out of range, or more than 6 axes stay apart
 */
export function slice(x: Tensor, indices: readonly SliceIndex[]): Tensor {
  const { shape } = x;
  if (indices.length > shape.length) {
    const expected = `at most ${shape.length}`;
    throw shapeError("slice", [x.type], `${indices.length} indices are more than it has axes`, expected);
  }
  const places = shape.map((size, axis) => resolve(shape, axis, size, indices[axis] ?? null));
  const sizes = places.map(({ count }) => count);
  const kept = shape.flatMap((_, axis) => (typeof indices[axis] === "number" ? [] : [sizes[axis] ?? 1]));
  const whole = places.every(({ count, step }, axis) => step === 1 && count === shape[axis]);
  const taken = whole
    ? x
    : apply(sliceOp, [x], {
        starts: places.map(({ start }) => start),
        sizes,
        steps: places.map(({ step }) => step),
        whole: shape,
      });
  return sameShape(kept, taken.shape) ? taken : reshape(taken, kept);
}

interface Range {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

function resolve(shape: Shape, axis: number, size: number, index: SliceIndex): Range {
  if (index === null) return { start: 0, count: size, step: 1 };
  if (typeof index === "number") {
    const start = index < 0 ? index + size : index;
    if (Number.isInteger(index) && start >= 0 && start < size) return { start, count: 1, step: 1 };
    throw indexError(shape, axis, `index ${index}`, `an integer from ${-size} to ${size - 1}`);
  }
  const { step = 1 } = index;
  const integers = [index.start, index.stop, step].every((value = 0) => Number.isInteger(value));
  if (!integers || step === 0) {
    throw indexError(shape, axis, describe(index), "integers, and a step that is not 0");
  }
  const start = bound(index.start, size, step, step > 0 ? 0 : size - 1);
  const stop = bound(index.stop, size, step, step > 0 ? size : -1);
  const count = Math.max(0, ceilDivide(stop - start, step));
  if (count === 0) throw indexError(shape, axis, describe(index), "at least one element");
  // A step over a single element is none, so that such slices are whole vectors.
  return { start, count, step: count === 1 ? 1 : step };
}

/** Python's rule: negative counts from the end, and what lies past an end is that end. */
function bound(given: number | undefined, size: number, step: number, otherwise: number): number {
  if (given === undefined) return otherwise;
  const counted = given < 0 ? given + size : given;
  return step > 0 ? Math.min(Math.max(counted, 0), size) : Math.min(Math.max(counted, -1), size - 1);
}

const describe = ({ start, stop, step = 1 }: SliceRange) => `${start ?? ""}:${stop ?? ""}:${step}`;

function indexError(shape: Shape, axis: number, got: string, expected: string): ShapeError {
  return new ShapeError({
    where: "slice",
    problem: `nothing can be taken of axis ${axis}`,
    got: `${got} of ${formatShape(shape)}`,
    expected,
  });
}
