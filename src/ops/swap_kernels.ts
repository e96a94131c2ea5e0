import "../kernels/generated/move.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { strides as rowMajor } from "./broadcasting.ts";
import type { CollapsedView } from "./strided_view.ts";

/** A view whose last axis, b, is not x's last, a: a transpose of two axes, with up to four around them. */
interface Swap {
  readonly sizeA: number;
  readonly sizeB: number;
  readonly xStrideB: number;
  readonly outStrideA: number;
  readonly sizes: readonly number[];
  readonly xStrides: readonly number[];
  readonly outStrides: readonly number[];
}

type Collapse<Attributes> = (request: KernelRequest<Attributes>) => CollapsedView;

/** Below this many lines, tiles of 32 by 32 are mostly empty. */
const enoughForTiles = 16;

const workgroupTile = 32;

/** Kernels that turn blocks, so that both reads and writes go along lines. */
export function swapKernels<Attributes>(collapsed: Collapse<Attributes>): readonly Kernel<Attributes>[] {
  const swap = (request: KernelRequest<Attributes>) => swapOf(collapsed(request));
  const known = (request: KernelRequest<Attributes>): Swap => {
    const found = swap(request);
    if (!found) throw new Error("internal: no two axes change places");
    return found;
  };
  return [
    defineKernel<"move/swap_workgroup", Attributes>({
      file: "move/swap_workgroup",
      accepts: (request) => swap(request) !== null,
      suits: (request, { barriersAreDear }) =>
        !barriersAreDear && Math.min(known(request).sizeA, known(request).sizeB) >= enoughForTiles,
      params: (request) => {
        const { sizeA, sizeB, xStrideB, outStrideA, ...others } = known(request);
        const strides = { x_stride_b: xStrideB, out_stride_a: outStrideA };
        return { tiles: tiles(known(request)), size_a: sizeA, size_b: sizeB, ...strides, ...around(others) };
      },
      workgroups: (request) => tiles(known(request)),
    }),
    defineKernel<"move/swap_vec4", Attributes>({
      file: "move/swap_vec4",
      accepts: (request) => {
        const found = swap(request);
        return found !== null && inVectors(found) !== null;
      },
      constants: (request) => ({
        OTHERS: known(request)
          .sizes.slice(0, -1)
          .every((size) => size === 1)
          ? 1
          : 4,
        TILE_A: blocksAlongA(known(request)),
      }),
      params: (request) => {
        const found = known(request);
        const { xStrideB, outStrideA, ...others } = inVectors(found) ?? found;
        return {
          tiles: blockTiles(found),
          blocks_a: found.sizeA / 4,
          blocks_b: found.sizeB / 4,
          x_stride_b: xStrideB,
          out_stride_a: outStrideA,
          ...around(others),
        };
      },
      workgroups: (request) => blockTiles(known(request)),
    }),
  ];
}

/** Of a workgroup's 64 blocks of 4 by 4: 8 by 8 unless the axis is shorter. */
function blocksAlongA({ sizeA }: Swap): number {
  return Math.min(8, 2 ** Math.ceil(Math.log2(sizeA / 4)));
}

function blockTiles(swap: Swap): number {
  const [alongA, { sizeA, sizeB, sizes }] = [blocksAlongA(swap), swap];
  return elementCount(sizes) * ceilDivide(sizeA / 4, alongA) * ceilDivide(sizeB / 4, 64 / alongA);
}

function tiles({ sizeA, sizeB, sizes }: Swap): number {
  return elementCount(sizes) * ceilDivide(sizeA, workgroupTile) * ceilDivide(sizeB, workgroupTile);
}

function swapOf({ sizes, strides, offset }: CollapsedView): Swap | null {
  const last = sizes.length - 1;
  const a = sizes.findIndex((size, axis) => axis !== last && size > 1 && strides[axis] === 1);
  if (a < 0 || offset !== 0 || sizes[last] === 1 || strides.some((stride) => stride < 0)) return null;
  const out = rowMajor(sizes);
  const without = (list: Shape): number[] => list.filter((_, axis) => axis !== a && axis !== last);
  return {
    sizeA: sizes[a] ?? 1,
    sizeB: sizes[last] ?? 1,
    xStrideB: strides[last] ?? 0,
    outStrideA: out[a] ?? 0,
    sizes: without(sizes),
    xStrides: without(strides),
    outStrides: without(out),
  };
}

/** With strides counted in vectors; null where a line does not begin with one. */
function inVectors(swap: Swap): Swap | null {
  const { sizeA, sizeB, xStrideB, outStrideA, xStrides, outStrides } = swap;
  const all = [sizeA, sizeB, xStrideB, outStrideA, ...xStrides, ...outStrides];
  if (all.some((value) => value % 4 !== 0)) return null;
  const quarter = (values: readonly number[]) => values.map((value) => value / 4);
  return {
    ...swap,
    xStrideB: xStrideB / 4,
    outStrideA: outStrideA / 4,
    xStrides: quarter(xStrides),
    outStrides: quarter(outStrides),
  };
}

function around({ sizes, xStrides, outStrides }: Pick<Swap, "sizes" | "xStrides" | "outStrides">) {
  const [, size1 = 1, size2 = 1, size3 = 1] = sizes;
  const [x_stride0 = 0, x_stride1 = 0, x_stride2 = 0, x_stride3 = 0] = xStrides;
  const [out_stride0 = 0, out_stride1 = 0, out_stride2 = 0, out_stride3 = 0] = outStrides;
  const inX = { x_stride0, x_stride1, x_stride2, x_stride3 };
  return { size1, size2, size3, ...inX, out_stride0, out_stride1, out_stride2, out_stride3 };
}
