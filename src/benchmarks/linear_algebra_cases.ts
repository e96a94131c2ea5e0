import type { Shape } from "../kernels/types.ts";
import { conv2dOp } from "../ops/conv2d.ts";
import { resolveGeometry } from "../ops/convolution.ts";
import { fusedElementwise } from "../ops/elementwise.ts";
import { matmulOp } from "../ops/matmul.ts";
import type { KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

/** Batches whose axes one operand or the other repeats, as leading sizes. */
interface BatchedSizes {
  readonly name: string;
  readonly a: Shape;
  readonly b: Shape;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** b is stored as [n, k]. */
  readonly transposeB?: boolean;
  readonly half?: boolean;
}

function batchedCase({ name, a, b, m, k, n, transposeB = false, half = false }: BatchedSizes): KernelCase {
  const letters = (lead: Shape) => "xyz".slice(0, lead.length);
  const stored = half ? { dtype: "f16" as const } : {};
  return kernelCase(matmulOp, () => ({ transposeA: false, transposeB }), {
    case: `${name}${half ? " in f16" : ""}`,
    inputs: [
      { shape: [...a, m, k], axes: `${letters(a)}mk`, ...stored },
      transposeB
        ? { shape: [...b, n, k], axes: `${repeated(letters(b), b)}nk`, ...stored }
        : { shape: [...b, k, n], axes: `${repeated(letters(b), b)}kn`, ...stored },
    ],
    outputAxes: [`${letters(a)}mn`],
    sample: { m: 24, n: 24 },
    tolerance: { kind: "reduction", terms: k },
  });
}

/** Axes of size 1 are other axes than those that they repeat along. */
const repeated = (letters: string, sizes: Shape): string =>
  [...letters].map((letter, axis) => (sizes[axis] === 1 ? letter.toUpperCase() : letter)).join("");

const attention = { a: [4, 8], b: [4, 8], m: 128, k: 64, n: 128, transposeB: true };
const mixing = { a: [4, 8], b: [4, 8], m: 128, k: 128, n: 64 };

function halfConvolution(batch: number, side: number, channels: number, filters: number): KernelCase {
  const windows = (shape: Shape) => ({
    ...resolveGeometry("conv2d", shape, [3, 3], { padding: "same" }),
    inputShape: shape,
  });
  return kernelCase(conv2dOp, ([x]) => windows(x?.shape ?? []), {
    case: `${side}²·${channels}→${filters}, batch ${batch} in f16`,
    inputs: [
      { shape: [batch, side, side, channels], axes: "bhwc", dtype: "f16" },
      { shape: [3, 3, channels, filters], axes: "yxcf", dtype: "f16" },
    ],
    outputAxes: ["bhwf"],
    sample: { b: 3, f: 16 },
    tolerance: { kind: "reduction", terms: 9 * channels },
  });
}

function halfSum(length: number): KernelCase {
  const formula = {
    operands: 2,
    lines: [{ function: "add", arguments: [0, 1].map((index) => ({ kind: "operand" as const, index })) }],
  };
  const half = { shape: [length], axes: "i", dtype: "f16" as const };
  return kernelCase(fusedElementwise, () => ({ formula, shape: [length], dtype: "f16" as const }), {
    name: "elementwise",
    case: `x + y, ${length} elements in f16`,
    inputs: [half, half],
    outputAxes: ["i"],
  });
}

/** Products of attention's sizes, and what is stored as f16 where the adapter has it. */
export const linearAlgebraCases: readonly KernelCase[] = [
  batchedCase({ name: "attention scores 4×8×128×64", ...attention }),
  batchedCase({ name: "attention values 4×8×128×128", ...mixing }),
  batchedCase({ name: "grouped queries 4×2×4×128×64", ...attention, a: [4, 2, 4], b: [4, 2, 1] }),
  batchedCase({ name: "attention scores 4×8×128×64", ...attention, half: true }),
  batchedCase({ name: "512×512×512", a: [], b: [], m: 512, k: 512, n: 512, half: true }),
  halfConvolution(64, 14, 32, 64),
  halfConvolution(64, 28, 1, 32),
  halfSum(1 << 20),
];
