import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import {
  globalAveragePool1d,
  globalAveragePool2d,
  globalMaxPool1d,
  globalMaxPool2d,
} from "../../ops/global_pooling.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function globalCase(name: string, shape: Shape, apply: (x: Tensor) => Tensor): Case {
  const terms = shape.slice(1, -1).reduce((product, size) => product * size, 1);
  return {
    name,
    inputs: [{ shape, fill: { kind: "distinct" } }],
    build: ([x]) => apply(need(x)),
    tolerance: { kind: "reduction", terms },
  };
}

/** Poolings that are reductions of every axis but the first and the last. */
export const cases: CaseList = {
  op: "globalPooling",
  cases: [
    globalCase("average of images", [3, 4, 5, 4], (x) => globalAveragePool2d(x)),
    globalCase("average of images, axes kept", [2, 3, 3, 5], (x) =>
      globalAveragePool2d(x, { keepDims: true }),
    ),
    globalCase("maximum of images", [2, 5, 3, 4], (x) => globalMaxPool2d(x)),
    globalCase("average of sequences", [2, 11, 3], (x) => globalAveragePool1d(x)),
    globalCase("maximum of sequences, axes kept", [3, 7, 4], (x) => globalMaxPool1d(x, { keepDims: true })),
  ],
  random: (draw) => {
    const pool = draw.pick([globalAveragePool2d, globalMaxPool2d]);
    const shape = [draw.integer(1, 5), draw.integer(1, 9), draw.integer(1, 9), draw.integer(1, 9)];
    return globalCase(pool.name, shape, (x) => pool(x));
  },
};
