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

export type MatmulAttributes = Required<MatmulOptions> & EpilogueAttributes;

export type MatmulRequest = KernelRequest<MatmulAttributes>;

/** The sizes of c[batch, m, n] = op(a) · op(b), with k terms each. */
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
    k: sizeAt(a, attributes.transposeA ? -2 : -1),
  };
}

/** What every matmul kernel binds. */
export const matmulBindings = {
  ...epilogueBindings<MatmulAttributes>(["a", "b"], "c"),
  params: (request: MatmulRequest) => ({ ...matmulSizes(request) }),
};

/** The constants of every matmul kernel. */
export const matmulTransposes = ({ attributes }: MatmulRequest) => ({
  TRANSPOSE_A: Number(attributes.transposeA),
  TRANSPOSE_B: Number(attributes.transposeB),
});
