import type { EpilogueAttributes } from "../graph/op.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";
import { broadcastStrides, collapseAxes } from "./broadcasting.ts";
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
    batch: elementCount(c.slice(0, -2)),
    m: sizeAt(c, -2),
    n: sizeAt(c, -1),
    k: sizeAt(a, attributes.transposeA ? -2 : -1) / (attributes.parts ?? 1),
  };
}

/** Axes of a batch that kernels tell apart: runs of items, and items. */
const batchAxes = 2;

/**
 * Whether kernels find the items of operands that repeat along axes of the batch: operands that repeat along the same
 * neighbouring axes see those as one.
 * @param batch the leading axes of the result, which those of a and b broadcast to
 */
export function batchFits(a: Shape, b: Shape, batch: Shape): boolean {
  return batchLayout(a, b, batch, batch.length).sizes.filter((size) => size > 1).length <= batchAxes;
}

function batchLayout(a: Shape, b: Shape, batch: Shape, rank: number) {
  return collapseAxes(batch, [broadcastStrides(a, batch), broadcastStrides(b, batch)], rank);
}

/** How far apart the operands' items begin, and how long a line is that lies along the inner dimension: in elements. */
function steps(request: MatmulRequest) {
  const { inputs, outputs, attributes } = request;
  const { transposeA, transposeB, parts } = attributes;
  const { batch, m, n, k } = matmulSizes(request);
  if (parts !== undefined) {
    const items = { items: batch, a_item: transposeA ? m * k : k, b_item: transposeB ? k : k * n };
    return { line: parts * k, ...items, a_outer: 0, b_outer: 0 };
  }
  const [a = [], b = [], c = []] = [...inputs.slice(0, 2), ...outputs].map(({ shape }) => shape.slice(0, -2));
  const { sizes, strides } = batchLayout(a, b, c, batchAxes);
  const [[aOuter = 0, aItem = 0] = [], [bOuter = 0, bItem = 0] = []] = strides;
  return {
    line: k,
    items: sizes[1] ?? 1,
    a_item: aItem * m * k,
    b_item: bItem * k * n,
    a_outer: aOuter * m * k,
    b_outer: bOuter * k * n,
  };
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
