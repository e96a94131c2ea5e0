import { runningMoments } from "../../ops/runningMoments.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function runningCase(name: string, channels: number, momentum: number, count: number): Case {
  const running = { shape: [channels] };
  return {
    name,
    inputs: [{ shape: [1, 2, channels] }, { shape: [1, 1, channels] }, running, running],
    build: ([mean, variance, runningMean, runningVariance]) =>
      runningMoments(need(mean), need(variance), need(runningMean), need(runningVariance), {
        momentum,
        count,
      }),
    gradient: "skip: state",
  };
}

export const cases: CaseList = {
  op: "runningMoments",
  cases: [
    runningCase("one channel", 1, 0.1, 12),
    runningCase("one value a channel", 3, 0.1, 1),
    runningCase("all of the batch", 5, 1, 7),
    runningCase("a workgroup of channels + 1", 65, 0.1, 2),
  ],
  random: (draw) => runningCase("any", draw.integer(1, 70), draw.integer(0, 10) / 10, draw.integer(1, 100)),
};
