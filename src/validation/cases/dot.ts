import { dot } from "../../ops/dot.ts";
import type { Case, CaseList } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

const dotCase = (size: number): Case => ({
  name: `${size}`,
  inputs: [{ shape: [size] }, { shape: [size] }],
  build: ([a, b]) => dot(need(a), need(b)),
  tolerance: { kind: "reduction", terms: size },
});

export const cases: CaseList = {
  op: "dot",
  cases: [...[1, 7, 64, 261].map(dotCase), inHalf(dotCase(64))],
  random: (draw) => dotCase(draw.integer(1, 300)),
};
