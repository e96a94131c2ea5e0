import "../kernels/generated/lbfgsStep.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { bindingAlignment, ceilDivide } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { expectLength, flatVectors } from "./flat_update.ts";
import type { LineSearchAttributes } from "./lbfgs.ts";
import { coefficientCount, historyLength, outcomeLength } from "./lbfgs.ts";
import { pack } from "./pack.ts";

export interface LbfgsStepAttributes extends LineSearchAttributes {
  /** c of Armijo's condition. */
  readonly sufficient: number;
}

/** Losses are written in their places by what computes them, and places can be bound. */
const stride = bindingAlignment / 4;

const packedLosses = (count: number): number => (count - 1) * stride + 1;

export const lbfgsStepOp = defineOp<LbfgsStepAttributes>({
  name: "lbfgsStep",
  kind: "update",
  inputs: ["trials", "losses", "loss", "coefficients", "parameters", "history", "outcome"],
  outputs: ["parameters", "history", "outcome"],
  updates: [4, 5, 6],
  type: (types, { slots, count }) => {
    const flat = expectInput("lbfgsStep", types, 4, 1);
    const length = sizeAt(flat.shape, 0);
    if (length % 4 !== 0) throw shapeError("lbfgsStep", types, "the length is odd", "a multiple of 4");
    expectLength("lbfgsStep", types, 0, "trials", count * length);
    expectLength("lbfgsStep", types, 1, "losses", packedLosses(count));
    expectInput("lbfgsStep", types, 2, 0);
    expectLength("lbfgsStep", types, 3, "coefficients", coefficientCount(slots));
    expectLength("lbfgsStep", types, 5, "history", historyLength(slots, length));
    expectLength("lbfgsStep", types, 6, "outcome", outcomeLength);
    return types.slice(4, 7);
  },
  kernels: [
    defineKernel<"lbfgsStep/lbfgsStep", LbfgsStepAttributes>({
      file: "lbfgsStep/lbfgsStep",
      params: (request) => ({ vectors: flatVectors(request), stride, ...request.attributes }),
      workgroups: (request) => ceilDivide(flatVectors(request), 64),
      bindings: () => [
        ...["trials", "losses", "loss", "coefficients", null, null, null],
        ...["parameters", "history", "outcome"],
      ],
    }),
  ],
  cost: (request) => ({ flops: 4 * flatVectors(request), bytes: 64 * flatVectors(request) }),
});

/**
 * Ends a line search: the first trial whose loss is at most f(θ) + c · length · (g · d), Armijo's condition; θ where none is. Keeps what
 * θ moved by as the next s.
 * @param trials of `lbfgsTrials`
 * @param losses a scalar for each trial
 * @param loss a scalar, at θ
 * @param coefficients of `lbfgsCoefficients`
 * @param parameters flat state, θ
 * @param history state, [2 · slots · length]
 * @param outcome state, [4]: whether a trial was taken, its length, its loss and its number
 * @returns parameters, history and outcome in the storage of the old
 */
export function lbfgsStep(
  trials: Tensor,
  losses: readonly Tensor[],
  loss: Tensor,
  coefficients: Tensor,
  parameters: Tensor,
  history: Tensor,
  outcome: Tensor,
  attributes: LbfgsStepAttributes,
): readonly Tensor[] {
  const offsets = losses.map((_, index) => index * stride);
  const packed = pack(losses, { offsets, length: packedLosses(losses.length) });
  return record(lbfgsStepOp, [trials, packed, loss, coefficients, parameters, history, outcome], attributes);
}
