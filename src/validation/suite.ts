/** The forward cases as data: for any runner, in Node or on a page. */
import type { Device } from "../device/device.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Case, CaseList } from "./case.ts";
import { caseLists } from "./cases/index.ts";
import { checkVariant, describeFailures } from "./check.ts";
import { pipelinesOf } from "./run_kernel.ts";
import { forwardCases } from "./sweep.ts";
import type { Variant } from "./variants.ts";
import { variantsOf } from "./variants.ts";

export interface SuiteCase {
  readonly op: string;
  /** `op › case › variant`. */
  readonly name: string;
  /** Compiles ahead; many at once. A failure shows in `run`. */
  prepare(device: Device): Promise<void>;
  /** Rejects with an Error that says what is wrong with the kernel's result. */
  run(device: Device): Promise<void>;
}

/**
 * Every op, case and variant that an adapter of these traits can run: outputs against the f64 reference, stray writes,
 * equal bits in two runs. What cannot even be set up is a case that fails.
 */
export function* forwardSuite(traits: AdapterTraits): Generator<SuiteCase> {
  for (const list of caseLists) {
    for (const given of forwardCases(list)) yield* suiteCases(list, given, traits);
  }
}

function suiteCases(list: CaseList, given: Case, traits: AdapterTraits): SuiteCase[] {
  try {
    return variantsOf(list, given, traits).map(variantCase);
  } catch (error) {
    return [brokenCase(list, given, error)];
  }
}

function variantCase(variant: Variant): SuiteCase {
  const { op, name: subject } = variant.subject;
  const name = `${op} › ${subject} › ${variant.name}`;
  return {
    op,
    name,
    async prepare(device) {
      await pipelinesOf(device)
        .compile(variant.specialised)
        .catch(() => undefined);
    },
    async run(device) {
      const failures = await checkVariant(device, variant);
      if (failures.length > 0) throw new Error(describeFailures(name, variant, failures));
    },
  };
}

function brokenCase({ op }: CaseList, { name }: Case, error: unknown): SuiteCase {
  return {
    op,
    name: `${op} › ${name} › no variant`,
    prepare: async () => undefined,
    run: () => Promise.reject(error),
  };
}
