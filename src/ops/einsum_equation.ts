import { ShapeError } from "../device/errors.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape } from "../kernels/types.ts";

/** An equation taken apart: for each operand and the result, a label an axis; and every label's size. */
export interface EinsumEquation {
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * Reads `bhqd,bhkd->bhqk`: a letter an axis, an ellipsis for axes that broadcast, spaces ignored. Without an arrow, the
 * result has the ellipsis and then the letters that occur once, in alphabetical order. Axes of an ellipsis are called
 * `-1`, `-2`, … from the last.
 * @throws ShapeError where the equation is malformed or does not fit the shapes
 */
export function parseEinsum(equation: string, shapes: readonly Shape[]): EinsumEquation {
  const fail = failureOf(equation, shapes);
  const [left = "", right, ...more] = equation.replace(/\s/g, "").split("->");
  if (more.length > 0) throw fail("the equation has more than one arrow");
  const terms = left.split(",");
  if (terms.length !== shapes.length)
    throw fail("the equation names another number of operands", `${terms.length} operands`);
  const operands = terms.map((term, index) => operandLabels(term, index, shapes[index] ?? [], fail));
  const sizes = sizesOf(operands, shapes, fail);
  const result = right === undefined ? impliedResult(operands) : resultLabels(right, operands, fail);
  return { operands, result, sizes };
}

type Fail = (problem: string, expected?: string, hint?: string) => ShapeError;

function failureOf(equation: string, shapes: readonly Shape[]): Fail {
  const got = `"${equation}" of ${shapes.map(formatShape).join(" and ") || "nothing"}`;
  return (problem, expected, hint) => new ShapeError({ where: "einsum", problem, got, expected, hint });
}

/** Letters before the ellipsis and after it; null where there is none. */
function splitTerm(term: string, fail: Fail): { before: string[]; after: string[] | null } {
  const [before = "", after, ...more] = term.split("...");
  if (more.length > 0) throw fail(`"${term}" has more than one ellipsis`);
  const wrong = /[^A-Za-z]/.exec(before + (after ?? ""))?.[0];
  if (wrong !== undefined) throw fail(`"${term}" has the character ${wrong}`, "letters and at most one ...");
  return { before: [...before], after: after === undefined ? null : [...after] };
}

function operandLabels(term: string, index: number, shape: Shape, fail: Fail): string[] {
  const { before, after } = splitTerm(term, fail);
  const letters = [...before, ...(after ?? [])];
  const twice = letters.find((letter, at) => letters.indexOf(letter) !== at);
  if (twice !== undefined)
    throw fail(`"${term}" has ${twice} twice`, "each letter once an operand: diagonals are not taken");
  const rest = shape.length - letters.length;
  if (after === null ? rest !== 0 : rest < 0) {
    const axes = after === null ? `${letters.length} axes` : `${letters.length} axes or more`;
    throw fail(`operand ${index} has ${shape.length} axes`, `${axes} for "${term}"`);
  }
  return after === null ? letters : [...before, ...ellipsisLabels(rest), ...after];
}

const ellipsisLabels = (count: number): string[] =>
  Array.from({ length: count }, (_, axis) => String(axis - count));

function sizesOf(
  operands: readonly (readonly string[])[],
  shapes: readonly Shape[],
  fail: Fail,
): Map<string, number> {
  const sizes = new Map<string, number>();
  operands.forEach((labels, operand) => {
    labels.forEach((label, axis) => {
      const own = shapes[operand]?.[axis] ?? 1;
      const known = sizes.get(label) ?? 1;
      if (own !== 1 && known !== 1 && own !== known) {
        const name = label.startsWith("-") ? `axis ${label} of the ellipsis` : label;
        throw fail(`${name} has sizes ${known} and ${own}`, "one size, or 1 where it repeats");
      }
      sizes.set(label, own === 1 ? known : own);
    });
  });
  return sizes;
}

function resultLabels(term: string, operands: readonly (readonly string[])[], fail: Fail): string[] {
  const { before, after } = splitTerm(term, fail);
  const letters = [...before, ...(after ?? [])];
  const twice = letters.find((letter, at) => letters.indexOf(letter) !== at);
  if (twice !== undefined) throw fail(`the result has ${twice} twice`);
  const unknown = letters.find((letter) => operands.every((labels) => !labels.includes(letter)));
  if (unknown !== undefined) throw fail(`the result has ${unknown}, which no operand has`);
  return [...before, ...(after === null ? [] : widestEllipsis(operands)), ...(after ?? [])];
}

function impliedResult(operands: readonly (readonly string[])[]): string[] {
  const all = operands.flat().filter((label) => !label.startsWith("-"));
  const once = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label));
  return [...widestEllipsis(operands), ...once.sort()];
}

function widestEllipsis(operands: readonly (readonly string[])[]): string[] {
  const widths = operands.map((labels) => labels.filter((label) => label.startsWith("-")).length);
  return ellipsisLabels(Math.max(0, ...widths));
}
