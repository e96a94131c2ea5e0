import type { Tensor } from "../../graph/tensor.ts";
import { huberError } from "../../ops/huberError.ts";
import type { CaseList } from "../case.ts";
import { apart, drawShape, pairCase, pairCases } from "../kit/losses.ts";

/** Between the distances that the fills give. */
const delta = 10.5 / 64;
const apply = (a: Tensor, b: Tensor) => huberError(a, b, { delta });
const values = (...list: number[]) => ({ kind: "values", values: list }) as const;

export const cases: CaseList = {
  op: "huberError",
  cases: [
    ...pairCases(apart, apply),
    {
      ...pairCase(
        "far apart and NaN",
        [[6], [6]],
        [values(1e30, -3e38, 1e-30, 5, 0.25, Number.NaN), values(-1, 2, 0, 5, 0.25 - delta, 1)],
        apply,
      ),
      gradient: "skip: not differentiable",
    },
  ],
  random: (draw) => {
    const shape = drawShape(draw);
    const threshold = (draw.integer(0, 20) + 0.5) / 64;
    return pairCase("any", [shape, draw.pick([shape, []])], apart, (a, b) =>
      huberError(a, b, { delta: threshold }),
    );
  },
};
