import type { Shape } from "../../kernels/types.ts";
import { matvec } from "../../ops/matvec.ts";
import type { Case, CaseList } from "../case.ts";
import { inHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

const matvecCase = (a: Shape, x: Shape): Case => ({
  name: `${a.join("×")} by ${x.join("×")}`,
  inputs: [{ shape: a }, { shape: x }],
  build: ([matrix, vector]) => matvec(need(matrix), need(vector)),
  tolerance: { kind: "reduction", terms: x.at(-1) ?? 1 },
});

const plain = [
  matvecCase([1, 1], [1]),
  matvecCase([7, 13], [13]),
  matvecCase([9, 20], [20]),
  matvecCase([3, 5, 8], [8]),
  matvecCase([3, 5, 8], [3, 8]),
  matvecCase([5, 8], [3, 8]),
  matvecCase([2, 1, 5, 7], [3, 7]),
];

export const cases: CaseList = {
  op: "matvec",
  cases: [...plain, ...plain.slice(2, 5).map(inHalf)],
  random: (draw) => {
    const batch = Array.from({ length: draw.integer(0, 2) }, () => draw.integer(1, 3));
    const k = draw.integer(1, 30);
    const own = draw.pick([batch, []]);
    return matvecCase([...batch, draw.integer(1, 20), k], [...own, k]);
  },
};
