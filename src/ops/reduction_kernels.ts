import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { epilogueBindings } from "./epilogue.ts";
import type { ReductionAttributes, ReductionView } from "./reduction.ts";
import { reductionView } from "./reduction.ts";

type Request = KernelRequest<ReductionAttributes>;

function view({ inputs, attributes }: Request): ReductionView {
  return reductionView(inputs[0]?.shape ?? [], attributes);
}

/** Rows below this length are folded by one invocation each: a tree would cost more than it saves. */
const shortRow = 256;

/**
 * The two ways to fold x[outer, length, inner] over length: `workgroup`, a tree in workgroup memory for each long row
 * of neighbours, and `serial`, one invocation an output, without barriers.
 */
export function reductionKernels(op: "sum" | "max"): readonly Kernel<ReductionAttributes>[] {
  const shared = {
    params: (request: Request) => ({ ...view(request) }),
    ...(op === "sum" && epilogueBindings<ReductionAttributes>(["x"], "out")),
  };
  const workgroup = defineKernel<`${typeof op}/workgroup`, ReductionAttributes>({
    file: `${op}/workgroup`,
    accepts: (request) => view(request).inner === 1,
    suits: (request, traits) => !traits.barriersAreDear && view(request).length >= shortRow,
    ...shared,
    workgroups: (request) => view(request).outer,
  });
  const serial = defineKernel<`${typeof op}/serial`, ReductionAttributes>({
    file: `${op}/serial`,
    ...shared,
    workgroups: (request) => ceilDivide(view(request).outer * view(request).inner, 64),
  });
  return [workgroup, serial];
}
