import "../kernels/generated/runningMoments.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, sizeAt } from "./checks.ts";
import { bytesOf, expectShape } from "./normalisation.ts";

export interface RunningMomentsAttributes {
  /** How much of a batch's moments enters the running ones. */
  readonly momentum: number;
  /** Values of a channel in a batch. */
  readonly count: number;
}

const channelsOf = ({ outputs }: KernelRequest<RunningMomentsAttributes>): number =>
  elementCount(outputs[0]?.shape ?? []);

export const runningMomentsOp = defineOp<RunningMomentsAttributes>({
  name: "runningMoments",
  kind: "update",
  inputs: ["mean", "variance", "runningMean", "runningVariance"],
  outputs: ["runningMean", "runningVariance"],
  updates: [2, 3],
  type: (inputs) => {
    const running = expectInput("runningMoments", inputs, 2, 1);
    const channels = sizeAt(running.shape, 0);
    [[1, 2, channels], [1, 1, channels], [channels], [channels]].forEach((wanted, index) => {
      expectShape("runningMoments", inputs, index, wanted);
    });
    return [running, running];
  },
  kernels: [
    defineKernel<"runningMoments/runningMoments", RunningMomentsAttributes>({
      file: "runningMoments/runningMoments",
      bindings: () => ["mean", "variance", null, null, "runningMean", "runningVariance"],
      params: (request) => {
        const { momentum, count } = request.attributes;
        return { channels: channelsOf(request), momentum, correction: count / Math.max(1, count - 1) };
      },
      workgroups: (request) => ceilDivide(channelsOf(request), 64),
    }),
  ],
  cost: (request) => ({ flops: 7 * channelsOf(request), bytes: bytesOf(request) }),
});

/**
 * Moves running moments towards those of a batch, as PyTorch: running ← (1 − momentum) · running + momentum · batch, the
 * batch's variance unbiased, that is times count / (count − 1).
 * @param mean [1, 2, channels], of `mergeMoments`
 * @param variance [1, 1, channels], biased
 * @param runningMean state, [channels]
 * @param runningVariance state, [channels]
 * @returns the new running mean and variance, in the storage of the old
 */
export function runningMoments(
  mean: Tensor,
  variance: Tensor,
  runningMean: Tensor,
  runningVariance: Tensor,
  attributes: RunningMomentsAttributes,
): readonly [mean: Tensor, variance: Tensor] {
  const inputs = [mean, variance, runningMean, runningVariance];
  const [newMean, newVariance] = record(runningMomentsOp, inputs, attributes);
  if (!newMean || !newVariance) throw new Error("internal: runningMoments has two outputs");
  return [newMean, newVariance];
}
