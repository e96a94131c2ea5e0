import type { AdapterTraits } from "../device/traits.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import type { Candidate } from "./candidate.ts";
import { kernelCases } from "./kernel_cases.ts";
import { kernelCandidates } from "./kernel_rows.ts";
import { rowKey } from "./result.ts";
import { stepCandidate, stepCases } from "./step_rows.ts";

/**
 * Everything that `wgrad bench` can time on an adapter: kernels, then training steps.
 * @param variants also kernels that a program would not choose
 * @param tuning what programs choose by; untuned without
 */
export function benchmarkSuite(traits: AdapterTraits, variants = false, tuning?: TuningTable): Candidate[] {
  return [
    ...kernelCases.flatMap((given) => kernelCandidates(given, traits, variants, tuning)),
    ...stepCases.map(stepCandidate),
  ];
}

/** Those whose name, case and variant, in this order with spaces between, match. */
export const matching = (candidates: readonly Candidate[], pattern: RegExp): Candidate[] =>
  candidates.filter((candidate) => pattern.test(rowKey(candidate)));
