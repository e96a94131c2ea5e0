import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { DType, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import type { Run } from "./runs.ts";
import { runAccepts, runGroups, runSuits, runs } from "./runs.ts";

export interface CastAttributes {
  readonly dtype: DType;
}

/** How the kernel counts the types. */
const codes: Readonly<Record<DType, number>> = { f32: 0, u32: 1, i32: 2 };

const vectors = ({ inputs }: KernelRequest<CastAttributes>) =>
  ceilDivide(elementCount(only(inputs).shape), 4);

const kernel = (run: Run) =>
  defineKernel<"cast/cast", CastAttributes>({
    file: "cast/cast",
    variant: { RUN: run },
    suits: (request, traits) => runSuits(run, vectors(request), traits),
    accepts: (request) => runAccepts(run, vectors(request)),
    constants: ({ inputs, attributes }) => ({ FROM: codes[only(inputs).dtype], TO: codes[attributes.dtype] }),
    params: (request) => ({ vectors: vectors(request) }),
    workgroups: (request) => runGroups(run, vectors(request)),
  });

export const castOp = defineOp<CastAttributes>({
  name: "cast",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, { dtype }) => [{ shape: only(inputs).shape, dtype }],
  // Integers have no gradient, and nothing is cast from f32 to f32.
  vjp: () => [null],
  kernels: runs.map(kernel),
});

/**
 * x with elements of another type. From f32 to integers it truncates; what is out of the new type's range becomes its
 * nearest end, where PyTorch wraps integers around and leaves the rest undefined; NaN becomes 0. Integers beyond 2²⁴ are
 * rounded to f32. No gradient goes through: that of what comes before is zero.
 * @returns x itself where it has the type
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : apply(castOp, [x], { dtype });
}

function only(inputs: readonly TensorType[]): TensorType {
  const [type] = inputs;
  if (!type) throw new Error("internal: cast without an input");
  return type;
}
