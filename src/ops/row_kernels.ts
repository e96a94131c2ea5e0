import type { AdapterTraits } from "../device/traits.ts";
import type { Cost, Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";

/** Input 0 seen as rows along its last axis. */
export function rowView({ inputs }: KernelRequest): { rows: number; columns: number } {
  const shape = inputs[0]?.shape ?? [];
  return { rows: elementCount(shape.slice(0, -1)), columns: sizeAt(shape, -1) };
}

/** Rows below this length are done by one invocation each: a workgroup would mostly idle. */
export const longRow = 128;

/** Whether a workgroup a row is worth its barriers. */
export function suitsWorkgroups(request: KernelRequest, traits: AdapterTraits): boolean {
  return !traits.barriersAreDear && rowView(request).columns >= longRow;
}

/** The two ways to go over rows: `workgroup`, one for each row, and `serial`, one invocation a row. */
export function rowGroups(way: "workgroup" | "serial"): (request: KernelRequest) => number {
  const rowsInGroup = way === "workgroup" ? 1 : 64;
  return (request) => ceilDivide(rowView(request).rows, rowsInGroup);
}

type SoftmaxOp = "softmaxCrossEntropy" | "softmaxCrossEntropyGradient";

/** Both ways; untuned, a workgroup for each row only where rows are long and barriers cheap. */
export function softmaxKernels(op: SoftmaxOp): readonly Kernel<null>[] {
  const workgroup = defineKernel<`${SoftmaxOp}/workgroup`, null>({
    file: `${op}/workgroup`,
    suits: suitsWorkgroups,
    params: rowView,
    workgroups: rowGroups("workgroup"),
  });
  return [workgroup, serialRows(`${op}/serial`)];
}

/** One invocation a row. */
export function serialRows(file: `${SoftmaxOp | "correct" | "labelRank"}/serial`): Kernel<null> {
  return defineKernel<typeof file, null>({ file, params: rowView, workgroups: rowGroups("serial") });
}

/** An exponential, a sum and a quotient an element, an exponential taken as 12 operations. */
export function softmaxCost(request: KernelRequest): Cost {
  const { rows, columns } = rowView(request);
  const touched = [...request.inputs, ...request.outputs].reduce(
    (sum, type) => sum + elementCount(type.shape),
    0,
  );
  return { flops: 15 * rows * columns, bytes: 4 * touched };
}
