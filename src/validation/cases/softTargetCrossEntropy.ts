import { softTargetCrossEntropy } from "../../ops/softTargetCrossEntropy.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { pairCase } from "../kit/losses.ts";

const logits: Fill = { kind: "normal", scale: 3 };
const shares: Fill = { kind: "uniform", low: 0, high: 1 };
const values = (...list: number[]): Fill => ({ kind: "values", values: list });

/** Shares need not add up to one. The sum grows with the columns. */
function soft(name: string, batch: number, classes: number): Case {
  const given = pairCase(
    name,
    [
      [batch, classes],
      [batch, classes],
    ],
    [logits, shares],
    softTargetCrossEntropy,
  );
  const tolerance = { kind: "reduction", terms: classes + 4 } as const;
  return { ...given, tolerance, ...(batch * classes > 300 && { gradient: "skip: large" as const }) };
}

export const cases: CaseList = {
  op: "softTargetCrossEntropy",
  cases: [
    soft("one class", 3, 1),
    soft("one row", 1, 10),
    soft("ten classes", 32, 10),
    soft("primes", 67, 7),
    soft("a workgroup's stride + 1", 3, 257),
    soft("long rows", 5, 1031),
    {
      ...pairCase(
        "far apart and NaN",
        [
          [3, 3],
          [3, 3],
        ],
        [values(3e38, -3e38, 0, 1e4, 1e4, 1e4, 1, Number.NaN, 2), values(1, 0, 0, 0.5, 0.25, 0.25, 1, 0, 0)],
        softTargetCrossEntropy,
      ),
      gradient: "skip: not differentiable",
    },
  ],
  random: (draw) => soft("any", draw.integer(1, 9), draw.integer(1, 13)),
};
