import type { Device } from "../device/device.ts";
import { nodeName } from "../graph/graph.ts";
import { formatShape } from "../kernels/types.ts";
import { compareValues } from "./compare.ts";
import type { KernelOutput } from "./run_kernel.ts";
import { runKernel } from "./run_kernel.ts";
import type { Variant } from "./variants.ts";
import { jobOf } from "./variants.ts";

/** Something wrong with what a kernel left behind. */
export interface Failure {
  readonly output: string;
  readonly problem: "wrong value" | "never written" | "written outside" | "two runs differ";
  /** Flat; outside the output for a stray write. */
  readonly index: number;
  readonly got: number;
  readonly expected: number;
  readonly error: number;
  readonly allowed: number;
}

/** Runs a variant on the GPU and holds it against the f64 reference. */
export async function checkVariant(device: Device, variant: Variant): Promise<Failure[]> {
  const [first, second] = await runKernel(device, jobOf(variant));
  return first.flatMap((output, index) => [
    ...strayWrites(variant, index, output),
    ...wrongValues(variant, index, output),
    ...unequalRuns(variant, index, output, second[index]),
  ]);
}

function strayWrites(variant: Variant, output: number, { outside }: KernelOutput): Failure[] {
  const [index] = outside;
  return index === undefined ? [] : [failure(variant, output, "written outside", { index })];
}

/** Poison that is left is no result, even where NaN is expected. */
function wrongValues(variant: Variant, output: number, { values, unwritten }: KernelOutput): Failure[] {
  const { subject } = variant;
  const expected = subject.expected()[output];
  if (!expected) throw new Error(`internal: the reference has no output ${output}`);
  if (unwritten !== undefined) {
    return [
      failure(variant, output, "never written", {
        index: unwritten,
        expected: expected[unwritten] ?? Number.NaN,
      }),
    ];
  }
  const { mismatch } = compareValues(values, expected, subject.allowance(output));
  return mismatch ? [failure(variant, output, "wrong value", mismatch)] : [];
}

function unequalRuns(
  variant: Variant,
  output: number,
  first: KernelOutput,
  second?: KernelOutput,
): Failure[] {
  const index = first.bits.findIndex((bits, at) => bits !== second?.bits[at]);
  if (index < 0) return [];
  const got = first.values[index] ?? Number.NaN;
  const expected = second?.values[index] ?? Number.NaN;
  return [
    failure(variant, output, "two runs differ", { index, got, expected, error: Math.abs(got - expected) }),
  ];
}

function failure(
  { subject }: Variant,
  output: number,
  problem: Failure["problem"],
  found: Partial<Failure> & { readonly index: number },
): Failure {
  const unknown = { got: Number.NaN, expected: Number.NaN, error: Number.NaN, allowed: 0 };
  return { output: subject.node.op.outputs[output] ?? String(output), problem, ...unknown, ...found };
}

/** What is wrong, where, and the command that runs this variant alone. */
export function describeFailures(name: string, variant: Variant, failures: readonly Failure[]): string {
  return [name, whatFailed(variant, failures), `  run it again: ${command(name)}`].join("\n");
}

/** The node with its shapes, and what is wrong, a line each. */
export function whatFailed({ subject, request }: Variant, failures: readonly Failure[]): string {
  const shapes = request.inputs.map((type) => formatShape(type.shape)).join(" ");
  return [`  ${nodeName(subject.node)} of ${shapes}`, ...failures.map(describeFailure)].join("\n");
}

function describeFailure({ output, problem, index, got, expected, error, allowed }: Failure): string {
  const place = `  ${problem}: ${output}[${index}]`;
  switch (problem) {
    case "written outside":
      return place;
    case "never written":
      return `${place}, expected ${expected}`;
    case "two runs differ":
      return `${place}: ${got}, then ${expected}`;
    case "wrong value":
      return `${place}: got ${got}, expected ${expected}, error ${error}, allowed ${allowed}`;
    default:
      return problem satisfies never;
  }
}

/** The name as a regular expression, in a shell's double quotes. */
export function command(name: string): string {
  const pattern = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/["$`]/g, "\\$&");
  return `npx vitest run test/ops -t "${pattern}"`;
}
