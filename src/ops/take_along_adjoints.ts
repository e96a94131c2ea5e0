import "../kernels/generated/takeAlongAxis.ts";
import "../kernels/generated/takeAlongAxisGradient.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import type { GatherAttributes, ScatterAddAttributes } from "./gather_adjoints.ts";
import { expectIndexed, indexedView, missingWord } from "./indexed_axis.ts";

/** An element for each index of a tensor of indices, and the sums of those; each the other's gradient. */
const take: Op<GatherAttributes> = defineOp<GatherAttributes>({
  name: "takeAlongAxis",
  inputs: ["x", "indices"],
  outputs: ["out"],
  type: (inputs, { axis, size }) => {
    const [x, indices] = expectIndexed("takeAlongAxis", inputs);
    if (x.shape[axis] !== size || !sameShape(withAxis(x.shape, axis), withAxis(indices.shape, axis))) {
      const expected = `indices of x's shape on all axes but axis ${axis}`;
      throw shapeError("takeAlongAxis", inputs, "the indices do not fit", expected);
    }
    return [{ shape: indices.shape, dtype: x.dtype }];
  },
  saves: ["indices"],
  vjp: (dy, saved, { axis, size }) => [apply(spread, [dy, saved("indices")], { axis, size }), null],
  kernels: [
    defineKernel<"takeAlongAxis/takeAlongAxis", GatherAttributes>({
      file: "takeAlongAxis/takeAlongAxis",
      params: ({ inputs, attributes: { axis, missing } }) => {
        const [x, indices] = inputs;
        const { length, inner } = indexedView(x?.shape ?? [], axis);
        return {
          count: elementCount(indices?.shape ?? []),
          rows: indexedView(indices?.shape ?? [], axis).length,
          length,
          inner,
          missing: missingWord(missing, x?.dtype ?? "f32"),
        };
      },
      workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4 * 64),
    }),
  ],
  cost: ({ outputs }) => ({ flops: 0, bytes: 12 * elementCount(outputs[0]?.shape ?? []) }),
});

const spread: Op<ScatterAddAttributes> = defineOp<ScatterAddAttributes>({
  name: "takeAlongAxisGradient",
  inputs: ["dy", "indices"],
  outputs: ["out"],
  type: (inputs, { axis, size }) => {
    const dy = expectInput("takeAlongAxisGradient", inputs, 0, null);
    const indices = expectInput("takeAlongAxisGradient", inputs, 1, null, "u32");
    if (!sameShape(dy.shape, indices.shape)) {
      throw shapeError("takeAlongAxisGradient", inputs, "there is not one index for each element");
    }
    return [{ shape: withAxis(dy.shape, axis, size), dtype: "f32" }];
  },
  saves: ["indices"],
  vjp: (du, saved, { axis, size }) => [
    apply(take, [du, saved("indices")], { axis, size, missing: "zero" }),
    null,
  ],
  kernels: [
    defineKernel<"takeAlongAxisGradient/scan", ScatterAddAttributes>({
      file: "takeAlongAxisGradient/scan",
      suits: (request, traits) => sizes(request).rows <= fewRows(traits) || lines(request) < traits.lanes,
      params: (request) => ({ count: elementCount(request.outputs[0]?.shape ?? []), ...sizes(request) }),
      workgroups: ({ outputs }) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 64),
    }),
    defineKernel<"takeAlongAxisGradient/lines", ScatterAddAttributes>({
      file: "takeAlongAxisGradient/lines",
      params: (request) => ({ lines: lines(request), ...sizes(request) }),
      workgroups: (request) => ceilDivide(lines(request), 64),
    }),
  ],
  cost: ({ inputs, outputs }) => {
    const read = elementCount(inputs[0]?.shape ?? []);
    return { flops: read, bytes: 4 * (2 * read + elementCount(outputs[0]?.shape ?? [])) };
  },
});

export const takeAlongAdjoints = { take, spread };

/** Up to here each element looks at all indices of its line: a GPU has elements enough to make up for it. */
const fewRows = ({ software }: AdapterTraits): number => (software ? 2 : 16);

const withAxis = (shape: Shape, axis: number, size = 1): Shape =>
  shape.map((own, at) => (at === axis ? size : own));

function sizes({ inputs, attributes: { axis, size } }: KernelRequest<ScatterAddAttributes>) {
  const { length, inner } = indexedView(shapeOf(inputs[0]), axis);
  return { rows: length, size, inner };
}

function lines({ inputs, attributes: { axis } }: KernelRequest<ScatterAddAttributes>): number {
  const { outer, inner } = indexedView(shapeOf(inputs[0]), axis);
  return outer * inner;
}

const shapeOf = (type: TensorType | undefined): Shape => type?.shape ?? [];
