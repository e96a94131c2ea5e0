import { matmul, matmulParts } from "../../ops/matmul.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

const sizes: readonly [name: string, m: number, k: number, n: number][] = [
  ["one element", 1, 1, 1],
  ["primes", 7, 13, 11],
  ["tile − 1", 31, 15, 31],
  ["tile", 32, 16, 32],
  ["tile + 1", 33, 17, 65],
  ["a row", 1, 64, 5],
  ["a column", 9, 20, 1],
  ["long inner size", 3, 1001, 4],
  ["two columns", 68, 20, 2],
  ["three columns", 8, 261, 3],
  ["four columns", 7, 268, 4],
  ["two rows", 2, 28, 68],
  ["three rows", 3, 261, 8],
  ["large tile + 4", 68, 12, 132],
];

const transposes = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

function matmulCase(
  name: string,
  batch: number | null,
  [m, k, n]: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
): Case {
  const lead = batch === null ? [] : [batch];
  return {
    name: `${name}${transposeA ? " Aᵀ" : ""}${transposeB ? " Bᵀ" : ""}`,
    inputs: [
      { shape: [...lead, ...(transposeA ? [k, m] : [m, k])] },
      { shape: [...lead, ...(transposeB ? [n, k] : [k, n])] },
    ],
    build: ([a, b]) => matmul(need(a), need(b), { transposeA, transposeB }),
    tolerance: { kind: "reduction", terms: k },
    ...(m * k * n > 4000 && { gradient: "skip: large" as const }),
  };
}

/** Three parts of the inner dimension. */
function partsCase(
  name: string,
  [m, k, n]: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
): Case {
  const whole = matmulCase(name, null, [m, k, n], transposeA, transposeB);
  return {
    ...whole,
    build: ([a, b]) => matmulParts(need(a), need(b), { transposeA, transposeB }, 3),
    tolerance: { kind: "reduction", terms: k / 3 },
    gradient: "skip: not differentiable",
  };
}

export const cases: CaseList = {
  op: "matmul",
  cases: [
    ...sizes.flatMap(([name, m, k, n]) =>
      transposes.map(([a, b]) => matmulCase(name, null, [m, k, n], a, b)),
    ),
    ...transposes.map(([a, b]) => matmulCase("batched", 3, [5, 6, 7], a, b)),
    ...transposes.map(([a, b]) => partsCase("in parts", [36, 36, 40], a, b)),
    ...transposes.map(([a, b]) => partsCase("in odd parts", [33, 51, 35], a, b)),
    ...transposes.map(([a, b]) => partsCase("a column in parts", [8, 60, 1], a, b)),
    ...transposes.map(([a, b]) => partsCase("a row in parts", [1, 60, 8], a, b)),
    ...transposes.map(([a, b]) => matmulCase("batched columns", 2, [8, 12, 1], a, b)),
    ...transposes.map(([a, b]) => matmulCase("batched rows", 2, [1, 12, 8], a, b)),
  ],
};
