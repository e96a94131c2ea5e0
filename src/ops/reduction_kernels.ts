import "../kernels/generated/reduce.ts";
import "../kernels/generated/sum.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { epilogueBindings } from "./epilogue.ts";
import type { PartView, ReductionAttributes } from "./reduction.ts";
import { partView } from "./reduction.ts";

type Request = KernelRequest<ReductionAttributes>;

const view = ({ inputs, attributes }: Request): PartView => partView(inputs[0]?.shape ?? [], attributes);

/** Parts of rows: what one output folds. */
const outputRows = (request: Request): number => view(request).outer * view(request).parts;

/** Shorter parts of rows are folded by one invocation each: a tree would cost more than it saves. */
const shortRow = 32;

/** Invocations of a workgroup, and of the largest tree. */
const workgroup = 64;

/** Below this many invocations, most of a GPU would idle with four outputs for each. */
const enoughForGpu = 65_536;

/**
 * How many invocations share an output: at most a workgroup, and each has about four elements or more. Where columns are
 * folded: how many columns of vectors stand side by side in a workgroup.
 */
function powerOfTwo(atMost: number): number {
  return 2 ** Math.floor(Math.log2(Math.min(Math.max(atMost, 1), workgroup)));
}

const rowsAcross = (request: Request): number => powerOfTwo(view(request).part / 4);
/** Sixteen vectors are 256 bytes: more side by side make memory no faster. */
const columnsAcross = (request: Request): number =>
  Math.min(powerOfTwo(2 * (view(request).inner / 4) - 1), 16);

const wholeVectors = ({ outer, length, inner, parts, part }: PartView): boolean =>
  inner === 1 && (outer === 1 || length % 4 === 0) && (parts === 1 || part % 4 === 0);

/** Lengths that folds by columns read: where a tree has more than its lanes to join. */
const longColumn = 16;

const suitsTree = (request: Request, traits: AdapterTraits): boolean =>
  !traits.barriersAreDear && view(request).part >= shortRow;

/**
 * The ways to fold x[outer, length, inner] over length, or over parts of it. Through workgroup memory: rows of neighbours,
 * and columns of whole vectors. One invocation an output, without barriers: rows and columns of whole vectors, and all
 * others.
 * @param fold the file in the place of `sum/fold`
 * @param accepts which requests are this fold's, where an op has several
 */
export function reductionKernels<Attributes extends ReductionAttributes>(
  fold: string,
  accepts: (request: KernelRequest<Attributes>) => boolean = () => true,
): readonly Kernel<Attributes>[] {
  const shared = {
    ...(fold !== "sum/fold" && { includes: { "sum/fold": fold } }),
    ...epilogueBindings<Attributes>(["x"], "out"),
  };
  return [
    defineKernel<"reduce/rows_workgroup", Attributes>({
      file: "reduce/rows_workgroup",
      ...shared,
      accepts: (request) => accepts(request) && view(request).inner === 1,
      suits: suitsTree,
      params: (request) => {
        const { outer, length, parts, part } = view(request);
        return { outer, length, parts, part, across: rowsAcross(request) };
      },
      workgroups: (request) => ceilDivide(outputRows(request), workgroup / rowsAcross(request)),
    }),
    defineKernel<"reduce/columns_workgroup", Attributes>({
      file: "reduce/columns_workgroup",
      ...shared,
      accepts: (request) => accepts(request) && view(request).inner % 4 === 0,
      suits: (request, traits) =>
        !traits.barriersAreDear && view(request).part >= longColumn && vectorOutputs(request) < enoughForGpu,
      params: (request) => ({ ...view(request), across: columnsAcross(request) }),
      workgroups: (request) =>
        outputRows(request) * ceilDivide(view(request).inner / 4, columnsAcross(request)),
    }),
    defineKernel<"reduce/rows_vec4", Attributes>({
      file: "reduce/rows_vec4",
      ...shared,
      accepts: (request) => accepts(request) && wholeVectors(view(request)),
      params: (request) => {
        const { outer, length, parts, part } = view(request);
        return { outer, length, parts, part };
      },
      workgroups: (request) => ceilDivide(outputRows(request), workgroup),
    }),
    defineKernel<"reduce/columns_vec4", Attributes>({
      file: "reduce/columns_vec4",
      ...shared,
      accepts: (request) => accepts(request) && view(request).inner % 4 === 0,
      params: (request) => ({ ...view(request) }),
      workgroups: (request) => ceilDivide(vectorOutputs(request), workgroup),
    }),
    defineKernel<"reduce/serial", Attributes>({
      file: "reduce/serial",
      ...shared,
      accepts,
      params: (request) => ({ ...view(request) }),
      workgroups: (request) => ceilDivide(outputRows(request) * view(request).inner, workgroup),
    }),
  ];
}

function vectorOutputs(request: Request): number {
  return (outputRows(request) * view(request).inner) / 4;
}
