import "../kernels/generated/powerSum.ts";
import { splitPowerSums } from "./passes/split_power_sums.ts";
import { defineReduction } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";

/**
 * Σ eˣ⁻ᵃ over neighbouring axes, where a is the largest x: what softmax divides by. Passes make it of softmaxes along lines
 * too long for one workgroup, after differentiation, so it has no gradient.
 */
export const powerSumOp = defineReduction({
  name: "powerSum",
  acceptsEpilogue: [],
  kernels: reductionKernels("powerSum/fold"),
  passes: [splitPowerSums],
  flops: 20,
});
