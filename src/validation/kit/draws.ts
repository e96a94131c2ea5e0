import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import type { Case, CaseList } from "../case.ts";

/** Cases of an op that draws f32 numbers: sizes that end inside a vector or a workgroup, far steps, seeds and streams. */
export function drawCases(op: string, draw: (shape: Shape, stream: number) => Tensor): CaseList {
  const drawn = (name: string, shape: Shape, stream: number): Case => ({
    name,
    inputs: [],
    build: () => draw(shape, stream),
    gradient: "skip: not differentiable",
  });
  return {
    op,
    cases: [
      drawn("a scalar", [], 0),
      drawn("no whole vector", [5, 7], 1),
      drawn("a workgroup", [256], 2),
      drawn("a workgroup + 1", [257], 3),
      drawn("many", [20_011], 4),
      drawn("the largest stream", [3, 20], 0xffffffff),
      {
        ...drawn("a late step of another seed", [3, 20], 5),
        step: { index: 4_000_000_000, seedLow: 0xffffffff, seedHigh: 1 },
      },
    ],
    random: (choose) => {
      const shape = Array.from({ length: choose.integer(0, 3) }, () => choose.integer(1, 9));
      return drawn("any", shape, choose.integer(0, 9));
    },
  };
}
