import type { Shape } from "../../kernels/types.ts";
import type { MatmulOptions } from "../../ops/matmul.ts";
import { matmul, matmulParts } from "../../ops/matmul.ts";
import type { Case, CaseList } from "../case.ts";
import { mixed, someInHalf } from "../kit/half.ts";
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

const plain: readonly Case[] = [
  ...sizes.flatMap(([name, m, k, n]) => transposes.map(([a, b]) => matmulCase(name, null, [m, k, n], a, b))),
  ...transposes.map(([a, b]) => matmulCase("batched", 3, [5, 6, 7], a, b)),
  ...transposes.map(([a, b]) => partsCase("in parts", [36, 36, 40], a, b)),
  ...transposes.map(([a, b]) => partsCase("in odd parts", [33, 51, 35], a, b)),
  ...transposes.map(([a, b]) => partsCase("a column in parts", [8, 60, 1], a, b)),
  ...transposes.map(([a, b]) => partsCase("a row in parts", [1, 60, 8], a, b)),
  ...transposes.map(([a, b]) => matmulCase("batched columns", 2, [8, 12, 1], a, b)),
  ...transposes.map(([a, b]) => matmulCase("batched rows", 2, [1, 12, 8], a, b)),
];

/** Operands as stored, transposed or not, of a product whose batches broadcast. */
function broadcastCase(
  name: string,
  a: Shape,
  b: Shape,
  { transposeA = false, transposeB = false }: MatmulOptions = {},
): Case {
  const terms = a.at(transposeA && a.length > 1 ? -2 : -1) ?? 1;
  return {
    name: `${name}${transposeA ? " Aᵀ" : ""}${transposeB ? " Bᵀ" : ""}`,
    inputs: [{ shape: a }, { shape: b }],
    build: ([left, right]) => matmul(need(left), need(right), { transposeA, transposeB }),
    tolerance: { kind: "reduction", terms },
  };
}

const both = { transposeA: true, transposeB: true };

/** Every pattern of axes along which one operand, the other or both repeat; of whole vectors and not. */
const broadcasts: readonly Case[] = [
  broadcastCase("a vector on the left", [5], [5, 3]),
  broadcastCase("a vector on the right", [4, 5], [5]),
  broadcastCase("two vectors", [7], [7]),
  broadcastCase("a vector and a batch", [4], [3, 2, 4, 5]),
  broadcastCase("a batch and a vector", [2, 3, 4, 5], [5]),
  broadcastCase("a transposed batch and a vector", [2, 3, 5, 4], [5], { transposeA: true }),
  broadcastCase("two axes of batch", [2, 3, 5, 4], [2, 3, 4, 7]),
  broadcastCase("heads of one matrix", [2, 3, 5, 4], [3, 4, 6]),
  broadcastCase("a matrix and a batch", [5, 4], [3, 4, 6]),
  broadcastCase("a matrix and a batch", [4, 5], [3, 6, 4], both),
  broadcastCase("a batch and a matrix", [2, 3, 4, 5], [4, 6], { transposeA: true }),
  broadcastCase("a batch and one item", [2, 3, 5, 4], [1, 1, 4, 6]),
  broadcastCase("queries in groups", [2, 3, 8, 5, 4], [2, 3, 1, 6, 4], { transposeB: true }),
  broadcastCase("both repeat", [3, 1, 4, 8], [1, 2, 8, 4]),
  broadcastCase("both repeat", [3, 1, 8, 4], [1, 2, 4, 8], both),
  broadcastCase("rows that repeat", [3, 1, 1, 8], [2, 8, 4]),
  broadcastCase("columns that repeat", [3, 1, 4, 8], [2, 8, 1]),
  broadcastCase("taking turns over three axes", [2, 1, 3, 4, 5], [1, 2, 1, 5, 3]),
  broadcastCase("larger tiles", [2, 1, 36, 20], [3, 20, 68]),
];

/** Each kernel's file in f16: whole vectors and not, transposed and not, batches that repeat. */
const halves = [
  "primes",
  "primes Aᵀ Bᵀ",
  "tile",
  "tile Aᵀ Bᵀ",
  "two columns",
  "two columns Aᵀ Bᵀ",
  "two rows",
  "two rows Aᵀ Bᵀ",
  "large tile + 4 Bᵀ",
  "in parts",
  "two axes of batch",
  "both repeat",
];

export const cases: CaseList = {
  op: "matmul",
  cases: [
    ...plain,
    ...broadcasts,
    ...someInHalf([...plain, ...broadcasts], halves),
    ...plain.filter(({ name }) => name === "primes").map((given) => mixed(given, 0)),
    ...plain.filter(({ name }) => name === "tile").map((given) => mixed(given, 1)),
  ],
  random: (draw) => {
    const transposeA = draw.pick([false, true]);
    const transposeB = draw.pick([false, true]);
    const [m, k, n] = [draw.integer(1, 20), draw.integer(1, 20), draw.integer(1, 20)];
    const batch = Array.from({ length: draw.integer(0, 3) }, () => draw.integer(1, 3));
    // Leading axes may be missing, and those that are there may repeat.
    const own = () => batch.slice(draw.integer(0, batch.length)).map((size) => draw.pick([size, 1]));
    const a = [...own(), ...(transposeA ? [k, m] : [m, k])];
    const b = [...own(), ...(transposeB ? [n, k] : [k, n])];
    return broadcastCase(`${a.join("×")} and ${b.join("×")}`, a, b, { transposeA, transposeB });
  },
};
