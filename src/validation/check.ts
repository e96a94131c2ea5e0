import type { Device } from "../device/device.ts";
import { compareValues } from "./compare.ts";
import type { Failure, Outcome } from "./outcome.ts";
import type { KernelOutput } from "./run_kernel.ts";
import { runKernel } from "./run_kernel.ts";
import type { Variant } from "./variants.ts";
import { jobOf } from "./variants.ts";

/** Runs a variant on the GPU and holds it against the f64 reference. */
export async function checkVariant(device: Device, variant: Variant): Promise<Outcome> {
  const [first, second] = await runKernel(device, jobOf(variant));
  const outcomes = first.map((output, index) => checkOutput(variant, index, output, second[index]));
  return {
    worst: Math.max(...outcomes.map(({ worst }) => worst)),
    failures: outcomes.flatMap(({ failures }) => failures),
  };
}

function checkOutput(variant: Variant, index: number, first: KernelOutput, second?: KernelOutput): Outcome {
  const values = checkValues(variant, index, first);
  const failures = [
    ...strayWrites(variant, index, first),
    ...values.failures,
    ...unequalRuns(variant, index, first, second),
  ];
  return { worst: values.worst, failures };
}

function strayWrites(variant: Variant, output: number, { outside }: KernelOutput): Failure[] {
  const [index] = outside;
  if (index === undefined) return [];
  return [failure(variant, output, "written outside", { index, faults: outside.length })];
}

/** Poison that is left is no result, even where NaN is expected. */
function checkValues(variant: Variant, output: number, { values, unwritten }: KernelOutput): Outcome {
  const { subject } = variant;
  const expected = subject.expected()[output];
  if (!expected) throw new Error(`internal: the reference has no output ${output}`);
  const [index] = unwritten;
  if (index !== undefined) {
    const found = { index, expected: expected[index] ?? Number.NaN, faults: unwritten.length };
    return {
      worst: Number.POSITIVE_INFINITY,
      failures: [failure(variant, output, "never written", found)],
    };
  }
  const { worst, mismatch, faults } = compareValues(values, expected, subject.allowance(output));
  return {
    worst,
    failures: mismatch ? [failure(variant, output, "wrong value", { ...mismatch, faults })] : [],
  };
}

function unequalRuns(
  variant: Variant,
  output: number,
  first: KernelOutput,
  second?: KernelOutput,
): Failure[] {
  const differs = (bits: number, at: number) => bits !== second?.bits[at];
  const index = first.bits.findIndex(differs);
  if (index < 0) return [];
  const got = first.values[index] ?? Number.NaN;
  const expected = second?.values[index] ?? Number.NaN;
  const faults = first.bits.filter(differs).length;
  const error = Math.abs(got - expected);
  return [failure(variant, output, "two runs differ", { index, got, expected, error, faults })];
}

function failure(
  { subject }: Variant,
  output: number,
  problem: Failure["problem"],
  found: Partial<Failure> & Pick<Failure, "index" | "faults">,
): Failure {
  const unknown = { got: Number.NaN, expected: Number.NaN, error: Number.NaN, allowed: 0 };
  return { output: subject.node.op.outputs[output] ?? String(output), problem, ...unknown, ...found };
}
