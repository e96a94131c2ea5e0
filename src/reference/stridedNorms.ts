import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<null> = (inputs) => {
  const { data: x } = input(inputs, 0);
  const { data: segments } = input(inputs, 1);
  return [
    Float64Array.from({ length: segments.length / 3 }, (_, segment) => {
      const [start, stride, count] = [0, 1, 2].map((field) => at(segments, 3 * segment + field));
      let squares = 0;
      for (let i = 0; i < (count ?? 0); i++) squares += at(x, (start ?? 0) + i * (stride ?? 0)) ** 2;
      return Math.sqrt(squares);
    }),
  ];
};
