import type { LineSearchAttributes } from "../ops/lbfgs.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<LineSearchAttributes> = (inputs, { slots, count, shrink }, { step }) => {
  const gradients = Float64Array.from(input(inputs, 0).data);
  const theta = input(inputs, 1).data;
  const coefficients = input(inputs, 2).data;
  const previous = input(inputs, 3).data;
  const history = Float64Array.from(input(inputs, 4).data);
  const length = gradients.length;
  const place = slots + at(coefficients, 2 * slots + 3);
  gradients.forEach((gradient, index) => {
    history[place * length + index] = gradient - at(previous, index);
  });
  const direction = gradients.map((gradient, index) => {
    let sum = at(coefficients, 2 * slots) * gradient;
    for (let vector = 0; vector < 2 * slots; vector++) {
      sum += at(coefficients, vector) * at(history, vector * length + index);
    }
    return sum;
  });
  const trials = new Float64Array(count * length);
  for (let trial = 0; trial < count; trial++) {
    const far = step.learningRate * at(coefficients, 2 * slots + 2) * shrink ** trial;
    direction.forEach((value, index) => {
      trials[trial * length + index] = at(theta, index) + far * value;
    });
  }
  return [gradients, history, trials];
};
