import type { AdapterTraits } from "../device/traits.ts";
import { gpuGradientSuite } from "./gpu_gradients.ts";
import { gradientSuite } from "./gradients.ts";
import type { CheckItem } from "./outcome.ts";
import type { Thoroughness } from "./selection.ts";
import { forwardSuite } from "./suite.ts";

export interface CatalogueOptions {
  /** `quick` by default: tile sizes and epilogues take turns over the cases. */
  readonly thoroughness?: Thoroughness;
  /** What only some platforms can check: in Node, races between invocations. */
  readonly more?: Iterable<CheckItem>;
}

/** Everything there is to check on an adapter of these traits, by op. */
export function catalogue(
  traits: AdapterTraits,
  { thoroughness = "quick", more = [] }: CatalogueOptions = {},
): Map<string, CheckItem[]> {
  const forward = forwardSuite(traits, thoroughness);
  return groupByOp([...forward, ...more, ...gradientSuite(), ...gpuGradientSuite()]);
}

/** Only what the pattern finds by name, of the ops that have any of it. */
export function matching(
  groups: ReadonlyMap<string, readonly CheckItem[]>,
  pattern: RegExp,
): Map<string, readonly CheckItem[]> {
  const found = [...groups].map(
    ([op, items]) => [op, items.filter(({ name }) => pattern.test(name))] as const,
  );
  return new Map(found.filter(([, items]) => items.length > 0));
}

function groupByOp(items: Iterable<CheckItem>): Map<string, CheckItem[]> {
  const groups = new Map<string, CheckItem[]>();
  for (const item of items) {
    const group = groups.get(item.op);
    if (group) group.push(item);
    else groups.set(item.op, [item]);
  }
  return groups;
}
