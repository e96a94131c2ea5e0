import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import { adaptiveAveragePool2d, adaptiveMaxPool2d } from "../../ops/adaptive_pooling.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function binsCase(name: string, shape: Shape, apply: (x: Tensor) => Tensor): Case {
  return { name, inputs: [{ shape, fill: { kind: "distinct" } }], build: ([x]) => apply(need(x)) };
}

/** Functions that choose between bins and windows of one size. */
export const cases: CaseList = {
  op: "adaptivePooling",
  cases: [
    binsCase("average, windows of one size", [2, 6, 4, 4], (x) => adaptiveAveragePool2d(x, [3, 2])),
    binsCase("average, one bin", [2, 5, 7, 3], (x) => adaptiveAveragePool2d(x, 1)),
    binsCase("average, bins that share places", [1, 7, 5, 4], (x) => adaptiveAveragePool2d(x, 3)),
    binsCase("average, more bins than places", [1, 2, 2, 3], (x) => adaptiveAveragePool2d(x, [3, 5])),
    binsCase("maximum, windows of one size", [1, 6, 4, 4], (x) => adaptiveMaxPool2d(x, 2)),
    binsCase("maximum, bins that share places", [2, 5, 8, 5], (x) => adaptiveMaxPool2d(x, [4, 3])),
  ],
  random: (draw) => {
    const pool = draw.pick([adaptiveAveragePool2d, adaptiveMaxPool2d]);
    const shape = [draw.integer(1, 2), draw.integer(1, 12), draw.integer(1, 12), draw.integer(1, 9)];
    const size = [draw.integer(1, 6), draw.integer(1, 6)] as const;
    return binsCase(pool.name, shape, (x) => pool(x, size));
  },
};
