import "../kernels/generated/momentParts.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectFloat, shapeError } from "./checks.ts";
import { bytesOf, sizesOf } from "./normalisation.ts";

export interface MomentPartsAttributes {
  /** Into how many parts the places are split: a divisor of their number. */
  readonly parts: number;
}

type Request = KernelRequest<MomentPartsAttributes>;

function params({ inputs, attributes: { parts } }: Request) {
  const { batch, space, channels } = sizesOf(inputs[0]?.shape ?? []);
  return { parts: batch * parts, length: space / parts, channels };
}

const invocations = (request: Request): number => params(request).parts * params(request).channels;

export const momentPartsOp = defineOp<MomentPartsAttributes>({
  name: "momentParts",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, { parts }) => {
    const { batch, space, channels } = sizesOf(expectFloat("momentParts", inputs, 0, 3).shape);
    if (space % parts !== 0) {
      throw shapeError(
        "momentParts",
        inputs,
        "the parts are not equal",
        `a divisor of ${space}, not ${parts}`,
      );
    }
    return [{ shape: [batch, parts, 3, channels], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"momentParts/vec4", MomentPartsAttributes>({
      file: "momentParts/vec4",
      accepts: (request) => params(request).channels % 4 === 0,
      params,
      workgroups: (request) => ceilDivide(invocations(request) / 4, 64),
    }),
    defineKernel<"momentParts/scalar", MomentPartsAttributes>({
      file: "momentParts/scalar",
      params,
      workgroups: (request) => ceilDivide(invocations(request), 64),
    }),
  ],
  cost: (request) => ({
    flops: 6 * elementCount(request.inputs[0]?.shape ?? []),
    bytes: bytesOf(request),
  }),
});

/**
 * The moments of each channel in each part of its places: the part's first value x₀, the mean of x − x₀, and the sum of
 * squared deviations from the mean. In one pass: blocks of four are merged as Chan, Golub and LeVeque 1983 do, which
 * loses no digits where the mean is large and the deviation small.
 * @param x [batch, space, channels]
 * @returns [batch, parts, 3, channels]
 */
export function momentParts(x: Tensor, parts: number): Tensor {
  return apply(momentPartsOp, [x], { parts });
}
