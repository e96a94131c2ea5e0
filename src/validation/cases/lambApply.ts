import { lambApply } from "../../ops/lambApply.ts";
import type { FlatSetting } from "../kit/flat_updates.ts";
import { flatUpdateCases, segmentsInput } from "../kit/flat_updates.ts";
import { need } from "../kit/shapes.ts";

/** Blocks take turns among tensors, whose squared norms are these. */
const tensors = (squares: readonly number[]): FlatSetting => ({
  step: { learningRate: 0.25 },
  inputs: (length) => {
    const owners = Array.from({ length: Math.ceil(length / 64) }, (_, block) => block % (squares.length / 2));
    return [
      { shape: [length] },
      segmentsInput(length),
      { shape: [owners.length], dtype: "u32", fill: { kind: "values", values: owners } },
      { shape: [squares.length], fill: { kind: "values", values: squares } },
      { shape: [length] },
    ];
  },
  build: ([direction, segments, owners, squares, parameters]) =>
    lambApply(need(direction), need(segments), need(owners), need(squares), need(parameters)),
});

export const cases = flatUpdateCases("lambApply", [
  ["one tensor", tensors([4, 9])],
  ["three tensors", tensors([4, 9, 100, 1, 0.25, 16])],
  ["without a norm", tensors([0, 9, 4, 0, 0, 0])],
]);
