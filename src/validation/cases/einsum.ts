import type { Shape } from "../../kernels/types.ts";
import { einsum } from "../../ops/einsum.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { inHalf } from "../kit/half.ts";

/** The longest sum of any of the products takes at most all axes that are summed. */
function einsumCase(equation: string, ...shapes: readonly Shape[]): Case {
  const terms = shapes.flat().reduce((product, size) => product * size, 1);
  const largest = Math.max(...shapes.flat(), 1);
  return {
    name: `${equation} of ${shapes.map((shape) => shape.join("×") || "a number").join(" and ")}`,
    inputs: shapes.map((shape) => ({ shape })),
    build: (inputs) => einsum(equation, ...inputs),
    tolerance: { kind: "reduction", terms: Math.min(terms, largest ** 2) },
    ...(terms > 100_000 && { gradient: "skip: large" as const }),
  };
}

const plain: readonly Case[] = [
  einsumCase("ij,jk->ik", [3, 4], [4, 5]),
  einsumCase("ij,jk", [3, 4], [4, 5]),
  einsumCase("ij->ji", [3, 5]),
  einsumCase("ij->", [3, 5]),
  einsumCase("ijk->j", [2, 3, 4]),
  einsumCase("i,i->", [5], [5]),
  einsumCase("i,j->ij", [3], [4]),
  einsumCase(",ij->ij", [], [2, 3]),
  einsumCase("ij,ij->ij", [3, 4], [3, 4]),
  einsumCase("bi,bi->b", [3, 8], [3, 8]),
  einsumCase("bhqd,bhkd->bhqk", [2, 3, 5, 4], [2, 3, 6, 4]),
  einsumCase("bhqk,bhkd->bhqd", [2, 3, 5, 6], [2, 3, 6, 4]),
  einsumCase("bqhd,bkhd->bhqk", [2, 5, 3, 4], [2, 6, 3, 4]),
  einsumCase("bhqk,bkhd->bqhd", [2, 3, 5, 6], [2, 6, 3, 4]),
  einsumCase("ki,kj->ji", [4, 3], [4, 5]),
  einsumCase("ij,jk,kl->il", [2, 3], [3, 4], [4, 5]),
  einsumCase("bi,oij,bj->bo", [2, 3], [4, 3, 5], [2, 5]),
  einsumCase("...ij,...jk->...ik", [2, 3, 4], [4, 5]),
  einsumCase("...i->...", [2, 3, 4]),
  einsumCase("i...,...->i", [3, 2], [2]),
  einsumCase("ij,jk->ik", [3, 1], [4, 5]),
  einsumCase("aib,bja->ij", [2, 3, 4], [4, 5, 2]),
];

const letters = ["i", "j", "k", "l"] as const;

/** Two or three operands of up to three of four axes each, and any of them in the result. */
function randomEquation(draw: Draw): Case {
  const sizes = letters.map(() => draw.integer(1, 5));
  const some = (from: readonly number[]): number[] => {
    const order = [...from];
    return Array.from({ length: draw.integer(0, Math.min(3, order.length)) }, () => {
      const [axis = 0] = order.splice(draw.integer(0, order.length - 1), 1);
      return axis;
    });
  };
  const operands = Array.from({ length: draw.integer(2, 3) }, () => some([0, 1, 2, 3]));
  const result = some([...new Set(operands.flat())].sort());
  const written = (axes: readonly number[]) => axes.map((axis) => letters[axis]).join("");
  const shapes = operands.map((axes) => axes.map((axis) => sizes[axis] ?? 1));
  return einsumCase(`${operands.map(written).join(",")}->${written(result)}`, ...shapes);
}

/** A function of several ops: every product, sum and transpose in it is held against the reference by itself. */
export const cases: CaseList = {
  op: "einsum",
  cases: [...plain, ...plain.slice(10, 12).map(inHalf)],
  random: randomEquation,
};
