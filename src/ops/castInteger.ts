import "../kernels/generated/castInteger.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { DType, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { shapeError } from "./checks.ts";
import type { Run } from "./runs.ts";
import { runAccepts, runGroups, runSuits, runs } from "./runs.ts";

export interface CastIntegerAttributes {
  readonly dtype: CastDType;
}

/** What integers are cast to and from: f16 goes by way of f32. */
export type CastDType = Exclude<DType, "f16">;

/** How the kernel counts the types. */
const codes: Readonly<Record<CastDType, number>> = { f32: 0, u32: 1, i32: 2 };

const vectors = ({ inputs }: KernelRequest<CastIntegerAttributes>) =>
  ceilDivide(elementCount(only(inputs).shape), 4);

const kernel = (run: Run) =>
  defineKernel<"castInteger/castInteger", CastIntegerAttributes>({
    file: "castInteger/castInteger",
    variant: { RUN: run },
    suits: (request, traits) => runSuits(run, vectors(request), traits),
    accepts: (request) => runAccepts(run, vectors(request)),
    constants: ({ inputs, attributes }) => ({ FROM: codes[held(only(inputs))], TO: codes[attributes.dtype] }),
    params: (request) => ({ vectors: vectors(request) }),
    workgroups: (request) => runGroups(run, vectors(request)),
  });

export const castIntegerOp = defineOp<CastIntegerAttributes>({
  name: "castInteger",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, { dtype }) => {
    held(only(inputs));
    return [{ shape: only(inputs).shape, dtype }];
  },
  // Integers have no gradient, and nothing is cast from f32 to f32.
  vjp: () => [null],
  kernels: runs.map(kernel),
});

/** From or to integers; `cast` is the public form, and says how. @throws ShapeError where x is f16 */
export function castInteger(x: Tensor, dtype: CastDType): Tensor {
  return apply(castIntegerOp, [x], { dtype });
}

function only(inputs: readonly TensorType[]): TensorType {
  const [type] = inputs;
  if (!type) throw new Error("internal: castInteger without an input");
  return type;
}

function held(type: TensorType): CastDType {
  if (type.dtype === "f16")
    throw shapeError("castInteger", [type], "integers are cast from f32", "f32, u32 or i32");
  return type.dtype;
}
