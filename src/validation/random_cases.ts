/** Cases that nobody thought of: drawn by fast-check, which makes one that fails as small as it can. */
import fc from "fast-check";
import type { Device } from "../device/device.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Op } from "../graph/op.ts";
import { ops } from "../ops/registry.ts";
import type { Case, CaseList, Draw } from "./case.ts";
import { caseLists } from "./cases/index.ts";
import { checkVariant, command, whatFailed } from "./check.ts";
import type { SuiteCase } from "./suite.ts";
import { needsKernel, variantsOf } from "./variants.ts";

export interface RandomOptions {
  /** Cases to draw of each op. */
  readonly cases: number;
  /** The same seed draws the same cases. */
  readonly seed: number;
}

/**
 * For each op with kernels that can draw cases of itself, one entry that draws so many and runs each on every kernel variant that an
 * adapter of these traits can run, as `forwardSuite` does with the cases that are written down. Its error gives the
 * smallest case found that fails, and the seed.
 */
export function* randomSuite(
  traits: AdapterTraits,
  options: RandomOptions,
  lists: readonly CaseList[] = caseLists,
): Generator<SuiteCase> {
  for (const list of lists) {
    const { op, random } = list;
    if (!random || hasNoKernel(op)) continue;
    const name = `${op} › ${options.cases} random cases, seed ${options.seed}`;
    yield {
      op,
      name,
      // Which shaders it takes shows as cases are drawn.
      prepare: async () => undefined,
      run: (device) => runCases(name, device, list, random, traits, options),
    };
  }
}

/** Views and packs run nothing of their own. */
function hasNoKernel(name: string): boolean {
  const registered: readonly Op<never>[] = Object.values(ops);
  return registered.some((op) => op.name === name && !needsKernel(op));
}

async function runCases(
  name: string,
  device: Device,
  list: CaseList,
  random: (draw: Draw) => Case,
  traits: AdapterTraits,
  { cases, seed }: RandomOptions,
): Promise<void> {
  const property = fc.asyncProperty(fc.gen(), async (generator) => {
    const given = random(drawFrom(generator));
    // The name decides the inputs' elements: with what was drawn in it, no two cases have the same.
    const drawn = { ...given, name: `${given.name}, drawn ${generator.values().join(" ")}` };
    for (const variant of variantsOf(list, drawn, traits)) {
      const failures = await checkVariant(device, variant);
      if (failures.length > 0) {
        throw new Error(`  ${variant.subject.name} › ${variant.name}\n${whatFailed(variant, failures)}`);
      }
    }
  });
  const found = await fc.check(property, { numRuns: cases, seed });
  if (!found.failed) return;
  const cause = found.errorInstance;
  const problem = cause instanceof Error ? cause.message : String(cause);
  const place = `  case ${found.numRuns} of ${cases}, seed ${seed}, made smaller ${found.numShrinks} times:`;
  throw new Error([name, place, problem, `  run it again: ${command(name)}`].join("\n"), { cause });
}

/** fast-check shrinks integers towards 0, or what lies nearest, and remembers an arbitrary by its arguments. */
function drawFrom(generate: fc.GeneratorValue): Draw {
  return {
    integer: (low, high) => generate(integers, low, high),
    pick: (choices) => choices[generate(integers, 0, choices.length - 1)] ?? choices[0],
  };
}

const integers = (min: number, max: number) => fc.integer({ min, max });
