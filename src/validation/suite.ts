import type { AdapterTraits } from "../device/traits.ts";
import { nodeName } from "../graph/graph.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { formatShape } from "../kernels/types.ts";
import type { Case, CaseList } from "./case.ts";
import { caseLists } from "./cases/index.ts";
import { checkVariant } from "./check.ts";
import { reasonToLeaveOut } from "./needs.ts";
import type { CheckItem } from "./outcome.ts";
import { itemName } from "./outcome.ts";
import { pipelinesOf } from "./run_kernel.ts";
import type { Selection, Thoroughness } from "./selection.ts";
import { exhaustive, quick } from "./selection.ts";
import { forwardCases } from "./sweep.ts";
import type { Variant } from "./variants.ts";
import { variantsOf } from "./variants.ts";

/**
 * Every op, case and variant that an adapter of these traits can run: outputs against the f64 reference, stray writes,
 * equal bits in two runs. What cannot even be set up is an item that fails, what needs a feature one that is skipped.
 */
export function* forwardSuite(
  traits: AdapterTraits,
  thoroughness: Thoroughness = "quick",
  lists: readonly CaseList[] = caseLists,
): Generator<CheckItem> {
  for (const list of lists) {
    const select = selectionFor(list, traits, thoroughness);
    for (const given of forwardCases(list)) yield* forwardItems(list, given, traits, select);
  }
}

type Select = (kernels: readonly Kernel[]) => Selection;

/** Once for an op's list: it goes over all cases. */
export function selectionFor(list: CaseList, traits: AdapterTraits, thoroughness: Thoroughness): Select {
  if (thoroughness === "exhaustive") return exhaustive;
  const known = new Map<readonly Kernel[], Selection>();
  return (kernels) => {
    const selection = known.get(kernels) ?? quick(list, kernels, traits);
    known.set(kernels, selection);
    return selection;
  };
}

/** The items of one case: a variant each. */
export function forwardItems(
  list: CaseList,
  given: Case,
  traits: AdapterTraits,
  select: Select = exhaustive,
): CheckItem[] {
  const skipped = reasonToLeaveOut(given, traits);
  if (skipped !== null) return [itemWithoutVariant(list, given, async () => ({ skipped }))];
  try {
    const variants = variantsOf(list, given, traits, select);
    const views = { skipped: "views alone, which run nothing" };
    return variants.length > 0
      ? variants.map(variantItem)
      : [itemWithoutVariant(list, given, async () => views)];
  } catch (error) {
    return [itemWithoutVariant(list, given, () => Promise.reject(error))];
  }
}

/** The node with the shapes that it reads. */
export function subjectOf({ subject, request }: Variant): string {
  const shapes = request.inputs.map((type) => formatShape(type.shape)).join(" ");
  return `${nodeName(subject.node)} of ${shapes}`;
}

function variantItem(variant: Variant): CheckItem {
  const { kernel, subject } = variant;
  return {
    kind: "forward",
    op: subject.op,
    case: subject.name,
    variant: variant.name,
    name: itemName(subject.op, subject.name, variant.name),
    subject: subjectOf(variant),
    kernel: kernel.name,
    file: kernel.file,
    async prepare({ device }) {
      await pipelinesOf(device)
        .compile(variant.specialised)
        .catch(() => undefined);
    },
    check: ({ device }) => checkVariant(device, variant),
  };
}

function itemWithoutVariant({ op }: CaseList, { name }: Case, check: CheckItem["check"]): CheckItem {
  return {
    kind: "forward",
    op,
    case: name,
    variant: "no variant",
    name: itemName(op, name, "no variant"),
    subject: op,
    kernel: null,
    file: null,
    prepare: async () => undefined,
    check,
  };
}
