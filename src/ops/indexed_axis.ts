import type { DType, Shape, TensorType } from "../kernels/types.ts";
import { elementCount, formatShape, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import { wordOf } from "./words.ts";

/** A tensor seen along an axis that indices choose from: [outer, length, inner]. */
export interface IndexedView {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

export function indexedView(shape: Shape, axis: number, count = 1): IndexedView {
  return {
    outer: elementCount(shape.slice(0, axis)),
    length: elementCount(shape.slice(axis, axis + count)),
    inner: elementCount(shape.slice(axis + count)),
  };
}

/**
 * What an index past the end takes. `marked`, as jax has it: NaN, the largest u32, the smallest i32, so that a mistake
 * shows. Gradients take zero: what was not read has none.
 */
export type Missing = "marked" | "zero";

export function missingWord(missing: Missing, dtype: DType): number {
  if (missing === "zero") return 0;
  switch (dtype) {
    case "f32":
      return wordOf(Number.NaN, dtype);
    case "f16":
      return 0x7e00_7e00;
    case "u32":
      return 0xffffffff;
    case "i32":
      return 0x80000000;
    default:
      return dtype satisfies never;
  }
}

/** A first input of any dtype, and u32 indices. @throws ShapeError */
export function expectIndexed(op: string, inputs: readonly TensorType[]): [TensorType, TensorType] {
  const [x] = inputs;
  if (!x) throw shapeError(op, inputs, "input 0 is missing");
  return [x, expectInput(op, inputs, 1, null, "u32")];
}

/** @throws ShapeError where the axes from `axis` on are not those of the indices */
export function expectIndexShape(op: string, inputs: readonly TensorType[], axis: number): void {
  const [updates, indices] = inputs;
  const count = indices?.shape.length ?? 0;
  const own = updates?.shape.slice(axis, axis + count) ?? [];
  if (sameShape(own, indices?.shape ?? [])) return;
  const expected = `${formatShape(indices?.shape ?? [])} from axis ${axis} on`;
  throw shapeError(op, inputs, "there is not one update for each index", expected);
}
