import type { Cost, Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";

/** Input 0 seen as rows along its last axis. */
export function rowView({ inputs }: KernelRequest<null>): { rows: number; columns: number } {
  const shape = inputs[0]?.shape ?? [];
  return { rows: elementCount(shape.slice(0, -1)), columns: sizeAt(shape, -1) };
}

/** Rows below this length are done by one invocation each: a workgroup would mostly idle. */
const shortRow = 128;

type SoftmaxOp =
  | "softmax"
  | "softmaxCrossEntropy"
  | "softmaxCrossEntropyGradient"
  | "softmaxCrossEntropyWithGradient";

/** The two ways to go over rows: `workgroup`, one for each long row, and `serial`, one invocation a row. */
export function softmaxKernels(op: SoftmaxOp): readonly Kernel<null>[] {
  const workgroup = defineKernel<`${SoftmaxOp}/workgroup`, null>({
    file: `${op}/workgroup`,
    suits: (request, traits) => !traits.barriersAreDear && rowView(request).columns >= shortRow,
    params: rowView,
    workgroups: (request) => rowView(request).rows,
  });
  return [workgroup, serialRows(`${op}/serial`)];
}

/** One invocation a row. */
export function serialRows(file: `${SoftmaxOp | "argmax" | "correct"}/serial`): Kernel<null> {
  return defineKernel<typeof file, null>({
    file,
    params: rowView,
    workgroups: (request) => ceilDivide(rowView(request).rows, 64),
  });
}

/** An exponential, a sum and a quotient an element, an exponential taken as 12 operations. */
export function softmaxCost(request: KernelRequest<null>): Cost {
  const { rows, columns } = rowView(request);
  const touched = [...request.inputs, ...request.outputs].reduce(
    (sum, type) => sum + elementCount(type.shape),
    0,
  );
  return { flops: 15 * rows * columns, bytes: 4 * touched };
}
