import type { Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { Formula, FormulaArgument } from "../../kernels/formula.ts";
import { constant, operand } from "../../kernels/formula.ts";
import type { Shape } from "../../kernels/types.ts";
import { fusedElementwise } from "../../ops/elementwise.ts";
import type { Case, CaseList } from "../case.ts";
import { mixed } from "../kit/half.ts";

const line = (index: number): FormulaArgument => ({ kind: "line", index });
const call = (name: string, ...args: FormulaArgument[]) => ({ function: name, arguments: args });

/** Adds up so many operands, each weighted by its place, so that none can stand for another. */
function weighted(operands: number): Formula {
  const products = Array.from({ length: operands }, (_, index) =>
    call("mul", operand(index), constant(index + 1)),
  );
  const sums = Array.from({ length: operands - 1 }, (_, index) =>
    call("add", line(index === 0 ? 0 : operands + index - 1), line(index + 1)),
  );
  return { operands, lines: [...products, ...sums] };
}

/** relu(a · b + a) · b: operands are read more than once. */
const chain: Formula = {
  operands: 2,
  lines: [
    call("mul", operand(0), operand(1)),
    call("add", line(0), operand(0)),
    call("relu", line(1)),
    call("mul", line(2), operand(1)),
  ],
};

const seven: Formula = { operands: 0, lines: [call("add", constant(3), constant(4))] };

/** Reads its second operand only: a pass may leave one behind. */
const idle: Formula = { operands: 2, lines: [call("relu", operand(1))] };

/**
 * How many of max(a − b, c) and max(b − a, c) are NaN. Of ∞ − ∞ adapters make a NaN with a sign bit or without, negation may
 * turn it, and with one it would be below all numbers.
 */
const signedNan: Formula = {
  operands: 3,
  lines: [
    call("sub", operand(0), operand(1)),
    call("neg", line(0)),
    call("maximum", line(0), operand(2)),
    call("maximum", line(1), operand(2)),
    call("nanMask", line(2)),
    call("nanMask", line(3)),
    call("add", line(4), line(5)),
  ],
};

const fused = (formula: Formula, shape: Shape) => (inputs: readonly Tensor[]) =>
  apply(fusedElementwise, inputs, { formula, shape });

function fusedCase(
  name: string,
  formula: Formula,
  shape: Shape,
  inputs: readonly Shape[] = [shape, shape],
): Case {
  return {
    name,
    inputs: inputs.map((own) => ({ shape: own })),
    build: fused(formula, shape),
    // The op appears after differentiation.
    gradient: "skip: not differentiable",
  };
}

const valued = (...values: number[]) =>
  ({ shape: [values.length], fill: { kind: "values", values } }) as const;

/** What the fusing pass makes of chains. */
const inFull: readonly Case[] = [
  fusedCase("a chain", chain, [257]),
  fusedCase("a chain with a row", chain, [7, 8], [[7, 8], [8]]),
  fusedCase(
    "a chain with a column",
    chain,
    [6, 5],
    [
      [6, 1],
      [6, 5],
    ],
  ),
  fusedCase(
    "a chain that repeats both",
    chain,
    [4, 5, 3],
    [
      [4, 1, 3],
      [5, 1],
    ],
  ),
  fusedCase("a chain of smaller operands", chain, [3, 8], [[8], []]),
  fusedCase("constants alone", seven, [5, 3], []),
  fusedCase("an operand that is not read", idle, [6, 5]),
  {
    ...fusedCase("a NaN with a sign bit", signedNan, [4]),
    inputs: [
      valued(Infinity, -Infinity, 1, Number.NaN),
      valued(Infinity, -Infinity, 2, 1),
      valued(2, -2, 0, 5),
    ],
  },
  fusedCase("six operands", weighted(6), [67], Array(6).fill([67])),
  fusedCase("six operands of every kind", weighted(6), [3, 8], [[3, 8], [8], [], [1, 1], [1, 8], [3, 8]]),
  fusedCase("rows of two lengths", weighted(3), [2, 4, 8], [[2, 4, 8], [8], [4, 8]]),
  fusedCase(
    "six operands that broadcast",
    weighted(6),
    [2, 3, 5],
    [[2, 3, 5], [5], [3, 1], [2, 1, 1], [], [1, 3, 5]],
  ),
  fusedCase(
    "six axes",
    weighted(2),
    [2, 3, 2, 3, 2, 3],
    [
      [2, 1, 2, 1, 2, 1],
      [1, 3, 1, 3, 1, 3],
    ],
  ),
];

/** Operands in f16 beside others in f32, and a result stored as either. */
const inHalves: readonly Case[] = (["f16", "f32"] as const).map((dtype) => ({
  ...mixed(mixed(fusedCase("a chain with a row", chain, [7, 8], [[7, 8], [8]]), 0), 1),
  name: `a chain in f16 to ${dtype}`,
  build: (inputs) => apply(fusedElementwise, inputs, { formula: chain, shape: [7, 8], dtype }),
}));

export const cases: CaseList = {
  op: "elementwise",
  cases: [
    ...inFull,
    ...inHalves,
    mixed(fusedCase("six operands", weighted(6), [67], Array(6).fill([67])), 3),
  ],
};
