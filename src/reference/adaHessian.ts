import type { AdaHessianAttributes } from "../ops/adaHessian.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<AdaHessianAttributes> = (inputs, attributes, { step }) => {
  const { beta1, beta2, epsilon, weightDecay, hessianPower } = attributes;
  const [gradients, segments, curvature] = [0, 1, 2].map((index) => input(inputs, index).data);
  const [theta, first, second] = [3, 4, 5].map((index) => Float64Array.from(input(inputs, index).data));
  if (!gradients || !segments || !curvature || !theta || !first || !second) throw new Error("internal");
  theta.forEach((old, index) => {
    const place = 2 * Math.floor(index / 64);
    const mean = beta1 * at(first, index) + (1 - beta1) * at(gradients, index);
    const square = beta2 * at(second, index) + (1 - beta2) * at(curvature, index) ** 2;
    const divisor = Math.sqrt(square * step.coefficient2) ** hessianPower + epsilon;
    const rate = step.learningRate * at(segments, place);
    first[index] = mean;
    second[index] = square;
    theta[index] =
      old -
      rate * ((mean * step.coefficient1) / divisor) -
      rate * weightDecay * at(segments, place + 1) * old;
  });
  return [theta, first, second];
};
