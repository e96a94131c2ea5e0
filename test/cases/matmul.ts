import { matmul } from "../../src/ops/matmul.ts";
import type { Case, CaseList } from "../support/case.ts";

const sizes: readonly [name: string, m: number, k: number, n: number][] = [
  ["one element", 1, 1, 1],
  ["primes", 7, 13, 11],
  ["tile − 1", 31, 15, 31],
  ["tile", 32, 16, 32],
  ["tile + 1", 33, 17, 65],
  ["a row", 1, 64, 5],
  ["a column", 9, 20, 1],
  ["long inner size", 3, 1001, 4],
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
    build: ([a, b]) => matmul(a as never, b as never, { transposeA, transposeB }),
    tolerance: { kind: "reduction", terms: k },
    ...(m * k * n > 4000 && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "matmul",
  cases: [
    ...sizes.flatMap(([name, m, k, n]) =>
      transposes.map(([a, b]) => matmulCase(name, null, [m, k, n], a, b)),
    ),
    ...transposes.map(([a, b]) => matmulCase("batched", 3, [5, 6, 7], a, b)),
  ],
};
