import { gradientNoise } from "../../ops/gradientNoise.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function noiseCase(name: string, used: readonly number[], length: number, step: Case["step"] = {}): Case {
  return {
    name,
    inputs: [
      { shape: [length] },
      { shape: [used.length], dtype: "u32", fill: { kind: "values", values: used } },
    ],
    build: ([gradients, table]) =>
      gradientNoise(need(gradients), need(table), { eta: 0.3, gamma: 0.55, stream: 7 }),
    step: { index: 0, seedLow: 12, ...step },
    gradient: "skip: not differentiable",
  };
}

export const cases: CaseList = {
  op: "gradientNoise",
  cases: [
    noiseCase("one number", [1], 1),
    noiseCase("blocks that are used in part", [64, 1, 63, 6], 198, { index: 12 }),
    noiseCase("several workgroups", Array(9).fill(61), 576, { index: 1, seedHigh: 3 }),
    noiseCase("late", [64, 64], 128, { index: 4_000_000_000, seedLow: 0xffffffff, seedHigh: 1 }),
  ],
  random: (draw) => {
    const used = Array.from({ length: draw.integer(1, 6) }, () => draw.integer(0, 64));
    return noiseCase("any", used, 64 * used.length, { index: draw.integer(0, 100_000) });
  },
};
