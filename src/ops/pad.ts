import { ShapeError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { formatShape, sameShape } from "../kernels/types.ts";
import { shapeError } from "./checks.ts";
import { padBorder } from "./padBorder.ts";
import { sliceAdjoints } from "./slice_adjoints.ts";

export const padOp = sliceAdjoints.pad;

export interface PadOptions {
  /**
   * What stands beyond an end: `constant`, a value; `reflect`, the axis mirrored without its end twice; `edge`, its end;
   * `wrap`, the axis from its other end on. `constant` by default.
   */
  readonly mode?: "constant" | "reflect" | "edge" | "wrap";
  /** Of mode `constant`: 0 by default. */
  readonly value?: number;
}

/** Elements that an axis gets before its first and after its last; one number for both. */
export type AxisPadding = number | readonly [before: number, after: number];

/**
 * Elements around a tensor, as NumPy's and jax's `pad`: `pad(images, [0, 1, 1, 0])` puts a line of zeros around NHWC
 * images. f32, u32 or i32; gradients of f32.
 * @param padding for each axis
 * @throws ShapeError where there is not one padding for each axis, one is negative, or `reflect` reaches past an axis
 */
export function pad(x: Tensor, padding: readonly AxisPadding[], options: PadOptions = {}): Tensor {
  const { mode = "constant", value = 0 } = options;
  const { shape } = x;
  const pairs = padding.map((own) => (typeof own === "number" ? ([own, own] as const) : own));
  if (pairs.length !== shape.length || pairs.flat().some((own) => !Number.isInteger(own) || own < 0)) {
    const problem = `the padding ${JSON.stringify(padding)} does not fit`;
    throw shapeError("pad", [x.type], problem, "for each axis an integer or two, at least 0");
  }
  const whole = shape.map((size, axis) => size + (pairs[axis]?.[0] ?? 0) + (pairs[axis]?.[1] ?? 0));
  if (sameShape(whole, shape)) return x;
  const starts = pairs.map(([before]) => before);
  if (mode === "constant") {
    const steps = shape.map(() => 1);
    return apply(padOp, [x], { starts, steps, sizes: shape, whole, value });
  }
  const beyond = shape.findIndex((size, axis) => Math.max(...(pairs[axis] ?? [0])) >= size);
  if (mode === "reflect" && beyond >= 0) {
    throw new ShapeError({
      where: "pad",
      problem: `the reflection is longer than axis ${beyond}`,
      got: `${pairs[beyond]?.join(" and ")} around ${formatShape(shape)}`,
      expected: `less than ${shape[beyond]}`,
      hint: "pad in two steps, or with mode edge",
    });
  }
  return padBorder(x, { mode, starts, sizes: shape, whole });
}
