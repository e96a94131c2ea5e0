import { adaHessian } from "../../ops/adaHessian.ts";
import type { FlatSetting } from "../kit/flat_updates.ts";
import { flatUpdateCases, positiveInput, segmentsInput } from "../kit/flat_updates.ts";
import { need } from "../kit/shapes.ts";

const setting = (options: {
  weightDecay?: number;
  hessianPower?: number;
  epsilon?: number;
}): FlatSetting => ({
  step: { learningRate: 0.25, coefficient1: 2.5, coefficient2: 40 },
  inputs: (length) => {
    const flat = { shape: [length] };
    return [flat, segmentsInput(length), flat, flat, flat, positiveInput(length)];
  },
  build: ([gradients, segments, curvature, parameters, first, second]) =>
    adaHessian(
      need(gradients),
      need(segments),
      need(curvature),
      need(parameters),
      need(first),
      need(second),
      {
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-4,
        weightDecay: 0,
        hessianPower: 1,
        ...options,
      },
    ),
});

export const cases = flatUpdateCases("adaHessian", [
  ["plain", setting({})],
  ["weight decay", setting({ weightDecay: 0.1 })],
  ["half power", setting({ hessianPower: 0.5, epsilon: 1 })],
  ["no power", setting({ hessianPower: 0 })],
]);
