import { splitSoftmaxes } from "./passes/split_softmaxes.ts";
import "../kernels/generated/softmax.ts";
import type { Op, Vjp } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { FloatDType } from "../kernels/types.ts";
import { ceilDivide, elementCount, trafficBytes } from "../kernels/types.ts";
import { expectFloat, normaliseAxis, shapeError } from "./checks.ts";
import type { ReductionView } from "./reduction.ts";
import { reductionView } from "./reduction.ts";
import { longRow } from "./row_kernels.ts";

export interface SoftmaxOptions {
  /** The axis along which the powers add up to 1, a negative one from the end; the last by default. */
  readonly axis?: number;
}

export interface SoftmaxAttributes {
  readonly axis: number;
  /** What the result is stored as: as x by default. */
  readonly dtype?: FloatDType | undefined;
}

type Request = KernelRequest<SoftmaxAttributes>;

const view = ({ inputs, attributes: { axis } }: Request): ReductionView =>
  reductionView(inputs[0]?.shape ?? [], { axis, count: 1 });

/** Softmax or its logarithm along any axis; both have one set of kernels. */
export function defineSoftmax(
  name: "softmax" | "logSoftmax",
  vjp: Vjp<SoftmaxAttributes>,
): Op<SoftmaxAttributes> {
  return defineOp<SoftmaxAttributes>({
    name,
    inputs: ["x"],
    outputs: ["out"],
    type: (inputs, { dtype }) => {
      const x = expectFloat(name, inputs, 0, null);
      return [{ ...x, dtype: dtype ?? x.dtype }];
    },
    saves: ["x", "out"],
    vjp,
    kernels: softmaxKernels(name),
    passes: [splitSoftmaxes],
    // An exponential, a sum and a quotient an element, an exponential taken as 12 operations.
    cost: ({ inputs, outputs }) => {
      const elements = elementCount(outputs[0]?.shape ?? []);
      return { flops: 15 * elements, bytes: trafficBytes(...inputs, ...outputs) };
    },
  });
}

function softmaxKernels(name: "softmax" | "logSoftmax"): readonly Kernel<SoftmaxAttributes>[] {
  const includes = name === "softmax" ? {} : { "softmax/share": `${name}/share` };
  return [
    defineKernel<"softmax/workgroup", SoftmaxAttributes>({
      file: "softmax/workgroup",
      includes,
      accepts: (request) => view(request).inner === 1,
      suits: (request, traits) => !traits.barriersAreDear && view(request).length >= longRow,
      params: (request) => ({ rows: view(request).outer, columns: view(request).length }),
      workgroups: (request) => view(request).outer,
    }),
    defineKernel<"softmax/rows_vec4", SoftmaxAttributes>({
      file: "softmax/rows_vec4",
      includes,
      accepts: (request) => view(request).inner === 1 && view(request).length % 4 === 0,
      params: (request) => ({ rows: view(request).outer, columns: view(request).length }),
      workgroups: (request) => ceilDivide(view(request).outer, 64),
    }),
    defineKernel<"softmax/columns_vec4", SoftmaxAttributes>({
      file: "softmax/columns_vec4",
      includes,
      accepts: (request) => view(request).inner % 4 === 0,
      params: (request) => ({ ...view(request) }),
      workgroups: (request) => ceilDivide((view(request).outer * view(request).inner) / 4, 64),
    }),
    defineKernel<"softmax/serial", SoftmaxAttributes>({
      file: "softmax/serial",
      includes,
      params: (request) => ({ ...view(request) }),
      workgroups: (request) => ceilDivide(view(request).outer * view(request).inner, 64),
    }),
  ];
}

/** Applies softmax or its like along an axis. @throws ShapeError where there is no such axis */
export function alongAxis(op: Op<SoftmaxAttributes>, x: Tensor, { axis = -1 }: SoftmaxOptions): Tensor {
  if (x.shape.length === 0)
    throw shapeError(op.name, [x.type], "a scalar has no last axis", "at least one axis");
  return apply(op, [x], { axis: normaliseAxis(op.name, x.shape, axis) });
}
