import "../kernels/generated/matmul.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import type { MatmulAttributes, MatmulRequest } from "./matmul_request.ts";
import { matmulBindings, matmulSizes, matmulTransposes } from "./matmul_request.ts";

/** Beyond this many columns of b or rows of a, tiles are full enough. */
const narrowest = 4;

/** Whether op(b) is so narrow, and a so stored, that `matmul/matvec` reads whole vectors of it. */
function isMatvec(request: MatmulRequest): boolean {
  const { m, n, k } = matmulSizes(request);
  return n <= narrowest && (request.attributes.transposeA ? m : k) % 4 === 0;
}

/** Whether op(a) is so low, and b so stored, that `matmul/vecmat` reads whole vectors of it. */
function isVecmat(request: MatmulRequest): boolean {
  const { m, n, k } = matmulSizes(request);
  return m <= narrowest && n % 4 === 0 && (!request.attributes.transposeB || k % 4 === 0);
}

/**
 * How the invocations of a workgroup divide the long side and the inner dimension: neighbours lie along the way in which
 * the large operand is stored.
 */
const slices = { alongInner: { WX: 1, WY: 64 }, acrossInner: { WX: 16, WY: 8 } };

const matvecSlices = ({ attributes }: MatmulRequest) =>
  attributes.transposeA ? slices.acrossInner : slices.alongInner;
const vecmatSlices = ({ attributes }: MatmulRequest) =>
  attributes.transposeB ? slices.alongInner : slices.acrossInner;

/** Shorter sums leave most of a workgroup's invocations without work. */
const shortestForWorkgroups = 128;

function suitsWorkgroups(request: MatmulRequest, traits: AdapterTraits): boolean {
  return !traits.barriersAreDear && matmulSizes(request).k >= shortestForWorkgroups;
}

/** Products with a vector or with few of them: the large operand is read once, and no tile is mostly empty. */
export const narrowMatmulKernels: readonly Kernel<MatmulAttributes>[] = [
  defineKernel<"matmul/vecmat_workgroup", MatmulAttributes>({
    file: "matmul/vecmat_workgroup",
    ...matmulBindings,
    constants: (request) => ({
      ...matmulTransposes(request),
      ...vecmatSlices(request),
      ROWS: matmulSizes(request).m,
    }),
    accepts: isVecmat,
    suits: suitsWorkgroups,
    workgroups: (request) => {
      const { batch, n } = matmulSizes(request);
      return batch * ceilDivide(n, 4 * vecmatSlices(request).WX);
    },
  }),
  defineKernel<"matmul/matvec_workgroup", MatmulAttributes>({
    file: "matmul/matvec_workgroup",
    ...matmulBindings,
    constants: (request) => ({
      ...matmulTransposes(request),
      ...matvecSlices(request),
      COLUMNS: matmulSizes(request).n,
    }),
    accepts: isMatvec,
    suits: suitsWorkgroups,
    workgroups: (request) => {
      const { batch, m } = matmulSizes(request);
      return batch * ceilDivide(m, 4 * matvecSlices(request).WX);
    },
  }),
  defineKernel<"matmul/vecmat", MatmulAttributes>({
    file: "matmul/vecmat",
    ...matmulBindings,
    constants: (request) => ({ ...matmulTransposes(request), ROWS: matmulSizes(request).m }),
    accepts: isVecmat,
    workgroups: (request) => {
      const { batch, n } = matmulSizes(request);
      return ceilDivide((batch * n) / 4, 64);
    },
  }),
  defineKernel<"matmul/matvec", MatmulAttributes>({
    file: "matmul/matvec",
    ...matmulBindings,
    constants: (request) => ({ ...matmulTransposes(request), COLUMNS: matmulSizes(request).n }),
    accepts: isMatvec,
    workgroups: (request) => {
      const { batch, m } = matmulSizes(request);
      return ceilDivide(batch * ceilDivide(m, 4), 64);
    },
  }),
];
