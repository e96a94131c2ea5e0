import type { EpilogueAttributes } from "../graph/op.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { sizeAt } from "./checks.ts";
import { epilogueBindings } from "./epilogue.ts";

export interface MatmulOptions {
  /** a is stored as [k, m]. */
  readonly transposeA?: boolean;
  /** b is stored as [n, k]. */
  readonly transposeB?: boolean;
}

export type MatmulAttributes = Required<MatmulOptions> &
  EpilogueAttributes & {
    /** Equal parts of the inner dimension, each with a product of its own; without it, one. */
    readonly parts?: number;
  };

export type MatmulRequest = KernelRequest<MatmulAttributes>;

/** The sizes of c[batch, m, n] = op(a) · op(b), with k terms each. The parts of one product are a batch of them. */
export interface MatmulSizes {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

export function matmulSizes({ inputs, outputs, attributes }: MatmulRequest): MatmulSizes {
  const a = inputs[0]?.shape ?? [];
  const c = outputs[0]?.shape ?? [];
  return {
    batch: c.length === 3 ? sizeAt(c, 0) : 1,
    m: sizeAt(c, -2),
    n: sizeAt(c, -1),
    k: sizeAt(a, attributes.transposeA ? -2 : -1) / (attributes.parts ?? 1),
  };
}

/** How far apart the operands' items begin, and how long a line is that lies along the inner dimension: in elements. */
function steps(request: MatmulRequest) {
  const { transposeA, transposeB, parts } = request.attributes;
  const { m, n, k } = matmulSizes(request);
  if (parts === undefined) return { line: k, a_item: m * k, b_item: k * n };
  return { line: parts * k, a_item: transposeA ? m * k : k, b_item: transposeB ? k : k * n };
}

/** What every matmul kernel binds. */
export const matmulBindings = {
  ...epilogueBindings<MatmulAttributes>(["a", "b"], "c"),
  params: (request: MatmulRequest) => ({ ...matmulSizes(request), ...steps(request) }),
};

/** The constants of every matmul kernel. */
export const matmulTransposes = ({ attributes }: MatmulRequest) => ({
  TRANSPOSE_A: Number(attributes.transposeA),
  TRANSPOSE_B: Number(attributes.transposeB),
});
