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

/** Below this many invocations, most of a GPU would idle with four outputs for each. */
const enoughForGpu = 1024;

const sumEpilogue = epilogueBindings<ReductionAttributes>(["x"], "out");

/** As `sum/serial`, where rows or neighbouring outputs are whole vectors. */
const vectorSums: readonly Kernel<ReductionAttributes>[] = [
  defineKernel<"sum/rows_vec4", ReductionAttributes>({
    file: "sum/rows_vec4",
    ...sumEpilogue,
    accepts: (request) => view(request).inner === 1 && view(request).length % 4 === 0,
    params: (request) => ({ outer: view(request).outer, length: view(request).length }),
    workgroups: (request) => ceilDivide(view(request).outer, 64),
  }),
  defineKernel<"sum/columns_vec4", ReductionAttributes>({
    file: "sum/columns_vec4",
    ...sumEpilogue,
    accepts: (request) => view(request).inner % 4 === 0,
    suits: (request, traits) => traits.software || vectorOutputs(request) >= enoughForGpu,
    params: (request) => ({ ...view(request) }),
    workgroups: (request) => ceilDivide(vectorOutputs(request), 64),
  }),
];

function vectorOutputs(request: Request): number {
  const { outer, inner } = view(request);
  return (outer * inner) / 4;
}

/**
 * The ways to fold x[outer, length, inner] over length: `workgroup`, a tree in workgroup memory for each long row
 * of neighbours, and `serial`, one invocation an output, without barriers, of which sums have forms with whole vectors.
 */
export function reductionKernels(op: "sum" | "max"): readonly Kernel<ReductionAttributes>[] {
  const shared = {
    params: (request: Request) => ({ ...view(request) }),
    ...(op === "sum" && sumEpilogue),
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
  return [workgroup, ...(op === "sum" ? vectorSums : []), serial];
}
