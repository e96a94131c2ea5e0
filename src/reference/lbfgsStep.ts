import type { LbfgsStepAttributes } from "../ops/lbfgsStep.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<LbfgsStepAttributes> = (inputs, attributes, { step }) => {
  const { slots, count, shrink, sufficient } = attributes;
  const [trials, losses, loss, coefficients] = [0, 1, 2, 3].map((index) => input(inputs, index).data);
  if (!trials || !losses || !loss || !coefficients) throw new Error("internal: lbfgsStep without inputs");
  const theta = input(inputs, 4).data;
  const history = Float64Array.from(input(inputs, 5).data);
  const slope = at(coefficients, 2 * slots + 1);
  const lengths = Array.from(
    { length: count },
    (_, trial) => step.learningRate * at(coefficients, 2 * slots + 2) * shrink ** trial,
  );
  const before = at(loss, 0);
  const found = lengths.findIndex((length, trial) => {
    const reached = at(losses, 64 * trial);
    return Number.isFinite(reached) && reached <= before + sufficient * length * slope;
  });
  const moved = Float64Array.from(theta, (old, index) =>
    found < 0 ? old : at(trials, found * theta.length + index),
  );
  const place = at(coefficients, 2 * slots + 4);
  moved.forEach((value, index) => {
    history[place * theta.length + index] = value - at(theta, index);
  });
  const outcome =
    found < 0 ? [0, 0, before, count] : [1, lengths[found] ?? Number.NaN, at(losses, 64 * found), found];
  return [moved, history, Float64Array.from(outcome)];
};
