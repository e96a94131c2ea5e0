import type { AdamAttributes } from "../ops/adam.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<AdamAttributes> = (inputs, attributes, { step }) => {
  const { beta1, beta2, epsilon, weightDecay } = attributes;
  const [gradients, segments, theta] = [0, 1, 2].map((index) => input(inputs, index).data);
  if (!gradients || !segments || !theta) throw new Error("internal: lambDirection without inputs");
  const first = Float64Array.from(input(inputs, 3).data);
  const second = Float64Array.from(input(inputs, 4).data);
  const direction = new Float64Array(gradients.length);
  const squares = new Float64Array(segments.length);
  for (let index = 0; index < gradients.length; index++) {
    const block = Math.floor(index / 64);
    const [gradient, parameter] = [at(gradients, index), at(theta, index)];
    first[index] = beta1 * at(first, index) + (1 - beta1) * gradient;
    second[index] = beta2 * at(second, index) + (1 - beta2) * gradient ** 2;
    const adam =
      (at(first, index) * step.coefficient1) / (Math.sqrt(at(second, index) * step.coefficient2) + epsilon);
    const moved = adam + weightDecay * at(segments, 2 * block + 1) * parameter;
    direction[index] = moved;
    squares[2 * block] = at(squares, 2 * block) + parameter ** 2;
    squares[2 * block + 1] = at(squares, 2 * block + 1) + moved ** 2;
  }
  return [first, second, direction, squares];
};
