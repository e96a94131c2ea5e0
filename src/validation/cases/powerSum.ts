import type { Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import { powerSumOp } from "../../ops/powerSum.ts";
import type { ReduceOptions } from "../../ops/reduction.ts";
import { foldRuns } from "../../ops/reduction.ts";
import type { CaseList } from "../case.ts";
import { partCases, randomReduction, reductionCases, summed } from "../kit/reductions.ts";

const options = {
  fill: { kind: "normal", scale: 3 },
  tolerance: summed,
  gradient: "skip: not differentiable",
} as const;

const powers = (x: Tensor, axes: ReduceOptions): Tensor =>
  foldRuns("powerSum", x, axes, (folded, run) => apply(powerSumOp, [folded], run));

export const cases: CaseList = {
  op: "powerSum",
  cases: [...reductionCases(powers, options), ...partCases(powerSumOp, (part) => part, options)],
  random: (draw) => randomReduction(draw, powers, options),
};
