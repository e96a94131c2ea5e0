import type { AdapterTraits } from "../src/device/traits.ts";
import { caseLists } from "../src/validation/cases/index.ts";
import { reasonToLeaveOut } from "../src/validation/needs.ts";
import { variantsOf } from "../src/validation/variants.ts";
import { everyTrait } from "../test/support/traits.ts";

/** Complete WGSL that the engine may compile. */
export interface ShaderVariant {
  readonly label: string;
  readonly source: string;
}

/** Kernels of optional features, and those that stand in for them. */
const adapters: readonly AdapterTraits[] = [
  everyTrait,
  { ...everyTrait, software: true, barriersAreDear: true, lanes: 4, features: new Set() },
];

/** Every shader that the ops' cases reach, with epilogues and in place: once each. */
export function* variants(): Generator<ShaderVariant> {
  const seen = new Set<string>();
  for (const list of caseLists) {
    for (const given of list.cases) {
      for (const traits of adapters) {
        if (reasonToLeaveOut(given, traits) !== null) continue;
        for (const { subject, name, specialised } of variantsOf(list, given, traits)) {
          if (seen.has(specialised.source)) continue;
          seen.add(specialised.source);
          yield { label: `${subject.op} › ${subject.name} › ${name}`, source: specialised.source };
        }
      }
    }
  }
}
