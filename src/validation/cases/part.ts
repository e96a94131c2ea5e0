import { part } from "../../ops/part.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

const partCase = (name: string, length: number, offset: number, shape: readonly number[]): Case => ({
  name,
  inputs: [{ shape: [length] }],
  build: ([flat]) => part(need(flat), { offset, shape }),
  gradient: "skip: not differentiable",
});

export const cases: CaseList = {
  op: "part",
  cases: [
    partCase("the whole", 64, 0, [8, 8]),
    partCase("from the middle", 300, 128, [5, 7]),
    partCase("one element at the end", 193, 192, []),
  ],
  random: (draw) => {
    const offset = 64 * draw.integer(0, 4);
    const shape = [draw.integer(1, 9), draw.integer(1, 9)];
    return partCase("any part", offset + 81 + draw.integer(0, 70), offset, shape);
  },
};
