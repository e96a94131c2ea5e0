import type { RunningMomentsAttributes } from "../ops/runningMoments.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<RunningMomentsAttributes> = (inputs, { momentum, count }) => {
  const [mean, variance] = [input(inputs, 0), input(inputs, 1)];
  const correction = count > 1 ? count / (count - 1) : 1;
  const moved = (running: number, batch: number) => (1 - momentum) * running + momentum * batch;
  return [
    input(inputs, 2).data.map((running, index, { length }) =>
      moved(running, at(mean.data, index) + at(mean.data, length + index)),
    ),
    input(inputs, 3).data.map((running, index) => moved(running, at(variance.data, index) * correction)),
  ];
};
