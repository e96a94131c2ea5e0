import { inputTensor } from "../../graph/leaves.ts";
import type { Op } from "../../graph/op.ts";
import type { Kernel, KernelRequest } from "../../kernels/kernel.ts";
import { kernelFacts } from "../../kernels/shaders.ts";
import type { TunedCandidate, TuningEntry } from "../../kernels/tuning_table.ts";
import { listHash } from "../../kernels/tuning_table.ts";
import type { PlannedDispatch } from "../plan.ts";
import { makePlan } from "../plan.ts";
import type { ContestRules } from "./contest.ts";
import { contest } from "./contest.ts";
import type { Bench, WorkNode } from "./workload.ts";
import { firstDifference, Workload } from "./workload.ts";

/** A dispatch whose kernel is to be chosen. */
export type KernelJob = Pick<PlannedDispatch, "op" | "kernel" | "request">;

/** Whether there is anything to choose. */
export function hasChoice({ op, request }: KernelJob, bench: Bench): boolean {
  return op.kernels.filter((kernel) => kernel.accepts(request, bench.traits)).length > 1;
}

/**
 * Measures the candidates of a dispatch on random values of its shapes.
 * @returns null where the default is not worth the trouble
 */
export async function tuneKernel(
  bench: Bench,
  { op, kernel: usual, request }: KernelJob,
  rules: Pick<ContestRules, "worthwhile">,
): Promise<TuningEntry | null> {
  const { tried, skipped } = sift(op, usual, request, bench);
  const workload = new Workload(bench, [workNode(op, request)]);
  try {
    let expected: ReturnType<Workload["expected"]> | undefined;
    const entrants = tried.map((kernel) => ({
      name: kernel.name,
      prepare: () => workload.compile(makePlan(workload.graph(kernel), bench.traits)),
    }));
    const outcome = await contest(bench.device, entrants, {
      ...rules,
      check: async (program) => {
        const got = await workload.outputs(program);
        expected ??= workload.expected();
        return firstDifference(got, await expected);
      },
    });
    if (!outcome) return null;
    const list = listHash(op.kernels.map(({ name }) => name));
    return { ...outcome, default: usual.name, candidates: [...outcome.candidates, ...skipped], list };
  } finally {
    workload.release();
  }
}

function workNode(op: Op, { inputs, outputs, attributes }: KernelRequest): WorkNode {
  const tensors = inputs.map((type, index) => inputTensor(`in${index}`, type));
  return { op, inputs: tensors, types: outputs, attributes };
}

/** Those that are tried, the default first, and why the others are not. */
function sift(op: Op, usual: Kernel, request: KernelRequest, { traits }: Bench) {
  const accepting = op.kernels.filter((kernel) => kernel.accepts(request, traits));
  const tried: Kernel[] = [usual];
  const skipped: TunedCandidate[] = [];
  for (const kernel of accepting) {
    if (kernel.name === usual.name) continue;
    const out = reasonAgainst(kernel, accepting, traits.barriersAreDear);
    if (out === null) tried.push(kernel);
    else skipped.push({ name: kernel.name, milliseconds: null, out });
  }
  return { tried, skipped };
}

function reasonAgainst(
  { file }: Kernel,
  accepting: readonly Kernel[],
  barriersAreDear: boolean,
): string | null {
  if (barriersAreDear && kernelFacts(file).usesWorkgroupMemory)
    return "not tried: workgroup memory compiles for seconds and is slow on this adapter";
  if (accepting.some((other) => other.file === `${file}_vec4`))
    return "not tried: the same kernel takes whole vectors";
  return null;
}
