/** Cases that nobody thought of: drawn by fast-check, which makes one that fails as small as it can. */
import fc from "fast-check";
import type { Device } from "../device/device.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Op } from "../graph/op.ts";
import { ops } from "../ops/registry.ts";
import type { Case, CaseList, Draw } from "./case.ts";
import { caseLists } from "./cases/index.ts";
import { checkVariant } from "./check.ts";
import { reasonToLeaveOut } from "./needs.ts";
import type { CheckItem, Outcome } from "./outcome.ts";
import { describeFailure, itemName } from "./outcome.ts";
import { subjectOf } from "./suite.ts";
import { needsKernel, variantsOf } from "./variants.ts";

export interface RandomOptions {
  /** Cases to draw of each op. */
  readonly cases: number;
  /** The same seed draws the same cases. */
  readonly seed: number;
}

/**
 * For each op with kernels that can draw cases of itself, one item that draws so many and runs each on every kernel
 * variant that an adapter of these traits can run, as `forwardSuite` does with the cases that are written down. Its error
 * gives the smallest case found that fails, and the seed.
 */
export function* randomSuite(
  traits: AdapterTraits,
  options: RandomOptions,
  lists: readonly CaseList[] = caseLists,
): Generator<CheckItem> {
  const given = `${options.cases} random cases, seed ${options.seed}`;
  for (const list of lists) {
    const { op, random } = list;
    if (!random || hasNoKernel(op)) continue;
    yield {
      kind: "random",
      op,
      case: given,
      variant: "every kernel",
      name: itemName(op, given, "every kernel"),
      subject: `${op} of what was drawn`,
      flags: `--cases ${options.cases} --seed ${options.seed}`,
      kernel: null,
      file: null,
      // Which shaders it takes shows as cases are drawn.
      prepare: async () => undefined,
      check: ({ device }) => checkDrawn(device, list, random, traits, options),
    };
  }
}

/** Views and packs run nothing of their own. */
function hasNoKernel(name: string): boolean {
  const registered: readonly Op<never>[] = Object.values(ops);
  return registered.some((op) => op.name === name && !needsKernel(op));
}

/** @throws Error that tells the smallest case that fails */
async function checkDrawn(
  device: Device,
  list: CaseList,
  random: (draw: Draw) => Case,
  traits: AdapterTraits,
  { cases, seed }: RandomOptions,
): Promise<Outcome> {
  let worst = 0;
  const property = fc.asyncProperty(fc.gen(), async (generator) => {
    const given = random(drawFrom(generator));
    if (reasonToLeaveOut(given, traits) !== null) return;
    // The name decides the inputs' elements: with what was drawn in it, no two cases have the same.
    const drawn = { ...given, name: `${given.name}, drawn ${generator.values().join(" ")}` };
    for (const variant of variantsOf(list, drawn, traits)) {
      const outcome = await checkVariant(device, variant);
      worst = Math.max(worst, outcome.worst);
      const [failure] = outcome.failures;
      if (failure)
        throw new Error(
          `${variant.subject.name}, ${subjectOf(variant)} by ${variant.name}: ${describeFailure(failure)}`,
        );
    }
  });
  const found = await fc.check(property, { numRuns: cases, seed });
  if (!found.failed) return { worst, failures: [] };
  const cause = found.errorInstance;
  const problem = cause instanceof Error ? cause.message : String(cause);
  const place = `case ${found.numRuns} of ${cases}, seed ${seed}, made smaller ${found.numShrinks} times`;
  throw new Error(`${place}: ${problem}`, { cause });
}

/** fast-check shrinks integers towards 0, or what lies nearest, and remembers an arbitrary by its arguments. */
function drawFrom(generate: fc.GeneratorValue): Draw {
  return {
    integer: (low, high) => generate(integers, low, high),
    pick: (choices) => choices[generate(integers, 0, choices.length - 1)] ?? choices[0],
  };
}

const integers = (min: number, max: number) => fc.integer({ min, max });
