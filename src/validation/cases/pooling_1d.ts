import type { Tensor } from "../../graph/tensor.ts";
import { adaptiveAveragePool1d, adaptiveMaxPool1d, averagePool1d, maxPool1d } from "../../ops/pooling_1d.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

type Extent = readonly [batch: number, length: number, channels: number];

function overLength(name: string, shape: Extent, apply: (x: Tensor) => Tensor): Case {
  return { name, inputs: [{ shape, fill: { kind: "distinct" } }], build: ([x]) => apply(need(x)) };
}

/** The poolings over one axis: functions that put reshapes around those over two. */
export const cases: CaseList = {
  op: "pooling1d",
  cases: [
    overLength("maxPool1d, tiles", [2, 8, 4], (x) => maxPool1d(x, { size: 2 })),
    overLength("maxPool1d, overlap, same", [1, 9, 3], (x) =>
      maxPool1d(x, { size: 3, stride: 2, padding: "same" }),
    ),
    overLength("maxPool1d, dilated, ceilMode", [1, 8, 4], (x) =>
      maxPool1d(x, { size: 2, stride: 2, dilation: 2, ceilMode: true }),
    ),
    overLength("averagePool1d, uneven padding", [2, 7, 5], (x) =>
      averagePool1d(x, { size: 4, stride: 1, padding: [3, 1] }),
    ),
    overLength("averagePool1d, padding counts", [2, 7, 4], (x) =>
      averagePool1d(x, { size: 3, padding: 1, countIncludePad: true, ceilMode: true }),
    ),
    overLength("adaptiveMaxPool1d", [2, 7, 4], (x) => adaptiveMaxPool1d(x, 3)),
    overLength("adaptiveAveragePool1d", [2, 10, 3], (x) => adaptiveAveragePool1d(x, 4)),
  ],
  random: (draw) => {
    const pool = draw.pick([maxPool1d, averagePool1d]);
    const options = {
      size: draw.integer(1, 4),
      stride: draw.integer(1, 4),
      ceilMode: draw.pick([false, true]),
    };
    const padding = draw.integer(0, options.size - 1);
    const shape = [draw.integer(1, 3), options.size + draw.integer(0, 9), draw.integer(1, 9)] as const;
    return overLength(pool.name, shape, (x) => pool(x, { ...options, padding }));
  },
};
