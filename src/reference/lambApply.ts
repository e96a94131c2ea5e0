import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<null> = (inputs, _, { step }) => {
  const [direction, segments, owners, squares] = [0, 1, 2, 3].map((index) => input(inputs, index).data);
  if (!direction || !segments || !owners || !squares) throw new Error("internal: lambApply without inputs");
  const theta = Float64Array.from(input(inputs, 4).data);
  return [
    theta.map((old, index) => {
      const block = Math.floor(index / 64);
      const tensor = at(owners, block);
      const [own, moved] = [Math.sqrt(at(squares, 2 * tensor)), Math.sqrt(at(squares, 2 * tensor + 1))];
      const trust = own > 0 && moved > 0 ? own / moved : 1;
      return old - step.learningRate * at(segments, 2 * block) * trust * at(direction, index);
    }),
  ];
};
