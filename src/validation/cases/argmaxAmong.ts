import type { AmongAttributes } from "../../ops/argmaxAmong.ts";
import { argmaxAmong } from "../../ops/argmaxAmong.ts";
import type { Case, CaseInput, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function among(
  name: string,
  [outer, length, inner]: readonly [outer: number, length: number, inner: number],
  candidates: readonly number[],
  extreme: AmongAttributes["extreme"] = "largest",
  fill: CaseInput["fill"] = { kind: "normal" },
): Case {
  const lines = Array.from({ length: outer }, () =>
    candidates.flatMap((place) => Array<number>(inner).fill(place)),
  ).flat();
  return {
    name,
    inputs: [
      { shape: [outer, length, inner], dtype: "f32", fill },
      { shape: [outer, candidates.length, inner], dtype: "u32", fill: { kind: "values", values: lines } },
    ],
    build: ([x, places]) => argmaxAmong(need(x), need(places), extreme),
    gradient: "skip: not differentiable",
  };
}

const every = (step: number, count: number) => Array.from({ length: count }, (_, index) => index * step);

export const cases: CaseList = {
  op: "argmaxAmong",
  cases: [
    among("one candidate", [1, 5, 1], [3]),
    among("rows", [3, 20, 1], [0, 7, 8, 13, 19]),
    among(
      "columns",
      [2, 30, 5],
      [1, 4, 9, 16, 25, 29, 28].sort((a, b) => a - b),
    ),
    among("many candidates", [2, 402, 1], every(3, 134)),
    among("many smallest", [2, 402, 3], every(3, 134), "smallest"),
    among("ties", [5, 90, 2], every(1, 90), "largest", { kind: "indices", below: 2 }),
    among("ties among the smallest", [5, 90, 2], every(1, 90), "smallest", { kind: "indices", below: 2 }),
  ],
  random: (draw) => {
    const [outer, inner, parts, step] = [
      draw.integer(1, 5),
      draw.integer(1, 5),
      draw.integer(1, 200),
      draw.integer(1, 3),
    ];
    const extreme = draw.pick<AmongAttributes["extreme"]>(["largest", "smallest"]);
    const name = `${extreme} of ${parts}, every ${step}, [${outer}, ${inner}]`;
    return among(name, [outer, parts * step, inner], every(step, parts), extreme);
  },
};
