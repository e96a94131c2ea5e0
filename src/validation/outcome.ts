import type { KernelFile } from "../kernels/shaders.ts";
import type { Workbench } from "./workbench.ts";

/** What is checked of an op. */
export type CheckKind =
  | "forward"
  | "random"
  | "races"
  | "gradient"
  | "gradient of the gradient"
  | "gradient on the GPU";

/** Something wrong with what a kernel left behind, or with a gradient. */
export interface Failure {
  /** The op's output, or the input whose gradient it is. */
  readonly output: string;
  readonly problem:
    | "wrong value"
    | "never written"
    | "written outside"
    | "two runs differ"
    | "wrong gradient";
  /** Flat, of the first bad element; outside the output for a stray write. */
  readonly index: number;
  readonly got: number;
  readonly expected: number;
  readonly error: number;
  readonly allowed: number;
  /** How many elements are wrong in this way; of gradients, 1: they are sampled. */
  readonly faults: number;
}

/** What a check found. */
export interface Outcome {
  /** The largest error as a share of what is allowed: how close to failing it is. */
  readonly worst: number;
  readonly failures: readonly Failure[];
}

/** What was not checked, and why not. */
export interface Skipped {
  readonly skipped: string;
}

/** What there is to check, in words. */
export interface CheckLabel {
  readonly kind: CheckKind;
  readonly op: string;
  readonly case: string;
  /** The kernel with its constants and what was asked of it; of gradients, the kind. */
  readonly variant: string;
  /** `op › case › variant` */
  readonly name: string;
  /** What it is done to, such as `matmul of [3, 5] [5, 7]`. */
  readonly subject: string;
  /** The kernel's name, for `forward`. */
  readonly kernel: string | null;
  /** The WGSL file below `shaders/`, for `forward`. */
  readonly file: KernelFile | null;
  /** Options without which the command line does not have it: those of random cases. */
  readonly flags?: string;
}

/** One thing to check, by itself. */
export interface CheckItem extends CheckLabel {
  /** Compiles ahead; many at once. A failure shows in `check`. */
  prepare(bench: Workbench): Promise<void>;
  /** @throws Error where it cannot be done at all: a shader that does not compile, a plan that is refused */
  check(bench: Workbench): Promise<Outcome | Skipped>;
}

/** What is left of an item when its work is done: without the numbers that it holds. */
export const labelOf = ({
  kind,
  op,
  case: given,
  variant,
  name,
  subject,
  kernel,
  file,
  flags,
}: CheckItem): CheckLabel => ({
  kind,
  op,
  case: given,
  variant,
  name,
  subject,
  kernel,
  file,
  ...(flags !== undefined && { flags }),
});

/** The name that tells an item from all others. */
export const itemName = (op: string, given: string, variant: string): string =>
  `${op} › ${given} › ${variant}`;

/** What is wrong, where, and the command that runs this item alone. */
export function describeFailures({ name, subject, flags }: CheckLabel, failures: readonly Failure[]): string {
  return [
    name,
    `  ${subject}`,
    ...failures.map((one) => `  ${describeFailure(one)}`),
    `  run it again: ${command({ name, ...(flags !== undefined && { flags }) })}`,
  ].join("\n");
}

/** One line: the problem, its place, what is there and what should be. */
export function describeFailure({
  output,
  problem,
  index,
  got,
  expected,
  error,
  allowed,
  faults,
}: Failure): string {
  const others = faults > 1 ? `, ${faults} elements in all` : "";
  const place = `${problem}: ${output}[${index}]`;
  switch (problem) {
    case "written outside":
      return `${place}${others}`;
    case "never written":
      return `${place}, expected ${expected}${others}`;
    case "two runs differ":
      return `${place}: ${got}, then ${expected}${others}`;
    case "wrong value":
    case "wrong gradient":
      return `${place}: got ${got}, expected ${expected}, error ${error}, allowed ${allowed}${others}`;
    default:
      return problem satisfies never;
  }
}

/** The command that checks this alone, its name in a shell's single quotes. */
export function command({ name, flags = "" }: Pick<CheckLabel, "name" | "flags">): string {
  const pattern = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/'/g, ".");
  return `npx wgrad check '^${pattern}$'${flags === "" ? "" : ` ${flags}`}`;
}

/** @throws Error that says what is wrong, for test runners */
export async function expectRight(item: CheckItem, bench: Workbench): Promise<Outcome | Skipped> {
  const outcome = await item.check(bench);
  if ("failures" in outcome && outcome.failures.length > 0)
    throw new Error(describeFailures(item, outcome.failures));
  return outcome;
}
