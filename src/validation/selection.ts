import type { AdapterTraits } from "../device/traits.ts";
import type { Kernel } from "../kernels/kernel.ts";
import type { Case, CaseList } from "./case.ts";
import { reasonToLeaveOut } from "./needs.ts";
import type { Subject } from "./subject.ts";
import { subjectsOf } from "./subject.ts";

/** How much of the product of cases, kernels and epilogues is checked. */
export type Thoroughness = "quick" | "exhaustive";

/** Which kernels do which cases. */
export interface Selection {
  plain(given: Case, kernel: Kernel): boolean;
  /** @param epilogue its number among those that fit the case */
  fused(given: Case, kernel: Kernel, epilogue: number): boolean;
}

/** Fused work is written into the file; the sizes of tiles do not change what is written. */
const firstOfItsFile = (kernels: readonly Kernel[], { file, name }: Kernel): boolean =>
  kernels.find((kernel) => kernel.file === file)?.name === name;

/** Every kernel on every case; epilogues on one variant of each file. */
export function exhaustive(kernels: readonly Kernel[]): Selection {
  return { plain: () => true, fused: (_, kernel) => firstOfItsFile(kernels, kernel) };
}

/** Cases for a variant that differs from its file's first in the sizes of its tiles alone. */
const casesATile = 4;

/**
 * Every file on every case, by its first variant that accepts it; the other tile sizes on a few cases each, spread over those
 * that they accept; epilogues take turns over the cases.
 */
export function quick(list: CaseList, kernels: readonly Kernel[], traits: AdapterTraits): Selection {
  const others = kernels.filter((kernel) => !firstOfItsFile(kernels, kernel));
  const subjects = others.length > 0 ? subjectsByCase(list, traits) : [];
  const chosen = new Map(
    others.map((kernel) => {
      const before = kernels.slice(0, kernels.indexOf(kernel)).filter(({ file }) => file === kernel.file);
      const left = accepted(subjects, traits, kernel, before);
      const few = spread(accepted(subjects, traits, kernel), kernels.indexOf(kernel));
      return [kernel.name, new Set([...left, ...few])];
    }),
  );
  return {
    plain: (given, { name }) => chosen.get(name)?.has(given) ?? true,
    fused: (given, kernel, epilogue) =>
      firstOfItsFile(kernels, kernel) && list.cases.indexOf(given) % epilogueTurns === epilogue,
  };
}

/** As many as there are kinds of epilogues; where fewer fit, some cases have none. */
const epilogueTurns = 4;

type CaseSubjects = readonly [given: Case, subjects: readonly Subject[]];

const subjectsByCase = (list: CaseList, traits: AdapterTraits): CaseSubjects[] =>
  list.cases
    .filter((given) => reasonToLeaveOut(given, traits) === null)
    .map((given) => [given, subjectsOf(list, given)]);

/** The cases that a kernel accepts; where some are named that come before it, those that none of them accepts. */
function accepted(
  cases: readonly CaseSubjects[],
  traits: AdapterTraits,
  kernel: Kernel,
  before?: readonly Kernel[],
): Case[] {
  // The list of a function that is no op has nodes of several.
  const does = ({ node, types }: Subject, by: Kernel) =>
    node.op.kernels.includes(by) &&
    by.accepts({ inputs: types, outputs: node.types, attributes: node.attributes }, traits);
  const counts = (subject: Subject) =>
    does(subject, kernel) && !before?.some((earlier) => does(subject, earlier));
  return cases.filter(([, subjects]) => subjects.some(counts)).map(([given]) => given);
}

function spread(cases: readonly Case[], offset: number): Set<Case> {
  const stride = Math.max(1, cases.length / casesATile);
  const places = Array.from({ length: Math.min(casesATile, cases.length) }, (_, turn) =>
    Math.floor(offset + turn * stride),
  );
  return new Set(places.flatMap((place) => cases[place % cases.length] ?? []));
}
