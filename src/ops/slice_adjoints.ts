import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { elementCount, formatShape, sameShape } from "../kernels/types.ts";
import { strides } from "./broadcasting.ts";
import { shapeError } from "./checks.ts";
import type { PadAttributes, Places } from "./pad_kernels.ts";
import { expectFewPlacedAxes, padKernels } from "./pad_kernels.ts";
import { stridedKernels } from "./strided_kernels.ts";
import type { StridedView } from "./strided_view.ts";
import { expectFewAxes } from "./strided_view.ts";

/**
 * Taking a part of a tensor and putting a part into one, each the other's gradient, and so in one file. Both move words
 * of any dtype.
 */
const slice: Op<Places> = defineOp<Places>({
  name: "slice",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, places) => {
    const dtype = expectPlaces("slice", inputs, places, places.whole);
    expectFewAxes("slice", inputs, places.sizes, viewOf(places));
    return [{ shape: places.sizes, dtype }];
  },
  vjp: (dy, _, places) => [apply(pad, [dy], { ...places, value: 0 })],
  kernels: stridedKernels(({ attributes }) => viewOf(attributes), { swaps: false }),
  cost: movedTwice,
});

const pad: Op<PadAttributes> = defineOp<PadAttributes>({
  name: "pad",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, places) => {
    const dtype = expectPlaces("pad", inputs, places, places.sizes);
    expectFewPlacedAxes("pad", inputs, places);
    return [{ shape: places.whole, dtype }];
  },
  vjp: (dy, _, { starts, steps, sizes, whole }) => [apply(slice, [dy], { starts, steps, sizes, whole })],
  kernels: padKernels,
});

export const sliceAdjoints = { slice, pad };

/** What a slice leaves out is not read. */
function movedTwice({ outputs }: KernelRequest<never>) {
  return { flops: 0, bytes: 8 * elementCount(outputs[0]?.shape ?? []) };
}

function viewOf({ starts, steps, whole }: Places): StridedView {
  const own = strides(whole);
  return {
    strides: own.map((stride, axis) => stride * (steps[axis] ?? 1)),
    offset: own.reduce((sum, stride, axis) => sum + stride * (starts[axis] ?? 0), 0),
  };
}

/** The dtype of an input of the shape. @throws ShapeError where it has another, or a place lies outside of the whole */
function expectPlaces(op: string, inputs: readonly TensorType[], places: Places, shape: Shape) {
  const { starts, steps, sizes, whole } = places;
  const [x] = inputs;
  if (!x || !sameShape(x.shape, shape)) {
    throw shapeError(op, inputs, "the input has another shape", formatShape(shape));
  }
  const inside = whole.every((room, axis) => {
    const [start = 0, count = 1, step = 1] = [starts[axis], sizes[axis], steps[axis]];
    const last = start + (count - 1) * step;
    return count > 0 && step !== 0 && Math.min(start, last) >= 0 && Math.max(start, last) < room;
  });
  if (inside && sizes.length === whole.length) return x.dtype;
  const problem = `${formatShape(sizes)} from ${formatShape(starts)} on lies outside`;
  throw shapeError(op, inputs, problem, `places in ${formatShape(whole)}`);
}
