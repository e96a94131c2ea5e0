import "../kernels/generated/move.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { runSuits } from "./runs.ts";
import type { CollapsedView, StridedView } from "./strided_view.ts";
import { collapseView } from "./strided_view.ts";
import { swapKernels } from "./swap_kernels.ts";

/** How an op's kernels find their view. */
type ViewOf<Attributes> = (request: KernelRequest<Attributes>) => StridedView;

/**
 * The kernels of every op that copies a strided view, from the fastest to the one that takes all: they move 4-byte words
 * and serve every dtype.
 * @param options `swaps`: axes may change places
 */
export function stridedKernels<Attributes>(
  viewOf: ViewOf<Attributes>,
  { swaps }: { readonly swaps: boolean },
): readonly Kernel<Attributes>[] {
  const collapsed = (request: KernelRequest<Attributes>) =>
    collapseView(request.outputs[0]?.shape ?? [], viewOf(request));
  return [
    ...([4, 1] as const).map((run) => vectorKernel(collapsed, run)),
    ...(swaps ? swapKernels(collapsed) : []),
    elementKernel(collapsed),
  ];
}

type Collapse<Attributes> = (request: KernelRequest<Attributes>) => CollapsedView;

function vectorKernel<Attributes>(collapsed: Collapse<Attributes>, run: 1 | 4): Kernel<Attributes> {
  return defineKernel<"move/strided_vec4", Attributes>({
    file: "move/strided_vec4",
    variant: { RUN: run },
    accepts: (request) => {
      const view = collapsed(request);
      return isWholeVectors(view) && (view.sizes.at(-1) ?? 1) % (4 * run) === 0;
    },
    suits: (request, traits: AdapterTraits) => runSuits(run, countOf(request) / 4, traits),
    constants: (request) => ({ RANK: rankOf(collapsed(request)) }),
    params: (request) => params(inVectors(collapsed(request)), countOf(request) / 4),
    workgroups: (request) => ceilDivide(countOf(request), 4 * run * 64),
  });
}

function elementKernel<Attributes>(collapsed: Collapse<Attributes>): Kernel<Attributes> {
  return defineKernel<"move/strided", Attributes>({
    file: "move/strided",
    constants: (request) => {
      const view = collapsed(request);
      return { RANK: rankOf(view), LINE: Number((view.sizes.at(-1) ?? 1) % 4 === 0) };
    },
    params: (request) => params(collapsed(request), countOf(request)),
    workgroups: (request) => ceilDivide(countOf(request), 4 * 64),
  });
}

const countOf = ({ outputs }: KernelRequest): number => elementCount(outputs[0]?.shape ?? []);

/** Neighbours along the last axis are neighbours in x, and vectors of x begin where vectors of the output do. */
function isWholeVectors({ sizes, strides, offset }: CollapsedView): boolean {
  const others = sizes.map((size, axis) => (size === 1 ? 0 : (strides[axis] ?? 0))).slice(0, -1);
  return (
    strides.at(-1) === 1 &&
    (sizes.at(-1) ?? 1) % 4 === 0 &&
    offset % 4 === 0 &&
    others.every((stride) => stride % 4 === 0)
  );
}

function inVectors({ sizes, strides, offset }: CollapsedView): CollapsedView {
  const last = sizes.length - 1;
  return {
    sizes: sizes.map((size, axis) => (axis === last ? size / 4 : size)),
    strides: strides.map((stride, axis) => (axis === last ? stride : stride / 4)),
    offset: offset / 4,
  };
}

/** Fewer axes take fewer divisions; three forms are enough. */
function rankOf({ sizes }: CollapsedView): number {
  const first = sizes.findIndex((size) => size !== 1);
  const rank = first < 0 ? 0 : sizes.length - first;
  return rank <= 2 ? 2 : rank <= 4 ? 4 : 6;
}

function params({ sizes, strides, offset }: CollapsedView, count: number) {
  const [, size1 = 1, size2 = 1, size3 = 1, size4 = 1, size5 = 1] = sizes;
  const [stride0 = 0, stride1 = 0, stride2 = 0, stride3 = 0, stride4 = 0, stride5 = 0] = strides;
  const steps = { stride0, stride1, stride2, stride3, stride4, stride5 };
  return { count, offset, size1, size2, size3, size4, size5, ...steps };
}
