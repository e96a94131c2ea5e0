import type { AdapterTraits } from "../device/traits.ts";
import { nodeName } from "../graph/graph.ts";
import { formatShape } from "../kernels/types.ts";
import type { Case, CaseList } from "./case.ts";
import { caseLists } from "./cases/index.ts";
import { checkVariant } from "./check.ts";
import type { CheckItem } from "./outcome.ts";
import { itemName } from "./outcome.ts";
import { pipelinesOf } from "./run_kernel.ts";
import type { Variant } from "./variants.ts";
import { reasonToLeaveOut, variantsOf } from "./variants.ts";

/**
 * Every op, case and variant that an adapter of these traits can run: outputs against the f64 reference, stray writes,
 * equal bits in two runs. What cannot even be set up is an item that fails, what needs a feature one that is skipped.
 */
export function* forwardSuite(traits: AdapterTraits): Generator<CheckItem> {
  for (const list of caseLists) {
    for (const given of list.cases) yield* forwardItems(list, given, traits);
  }
}

/** The items of one case: a variant each. */
export function forwardItems(list: CaseList, given: Case, traits: AdapterTraits): CheckItem[] {
  const skipped = reasonToLeaveOut(given, traits);
  if (skipped !== null) return [itemWithoutVariant(list, given, async () => ({ skipped }))];
  try {
    return variantsOf(list, given, traits).map(variantItem);
  } catch (error) {
    return [itemWithoutVariant(list, given, () => Promise.reject(error))];
  }
}

function variantItem(variant: Variant): CheckItem {
  const { kernel, request, subject } = variant;
  const shapes = request.inputs.map((type) => formatShape(type.shape)).join(" ");
  return {
    kind: "forward",
    op: subject.op,
    case: subject.name,
    variant: variant.name,
    name: itemName(subject.op, subject.name, variant.name),
    subject: `${nodeName(subject.node)} of ${shapes}`,
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
