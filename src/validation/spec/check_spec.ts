import type { Device } from "../../device/device.ts";
import type { TypedArray } from "../../kernels/types.ts";
import { elementCount } from "../../kernels/types.ts";
import type { Comparison } from "../compare.ts";
import { allowanceOf, compareValues } from "../compare.ts";
import type { KernelOutput } from "../run_kernel.ts";
import { describeWrongValue, explainWrongValue } from "./explain.ts";
import type { KernelSpec } from "./kernel_spec.ts";
import type { SpecKernel } from "./run_spec.ts";
import { runSpec } from "./run_spec.ts";
import type { SpecFinding } from "./spec_finding.ts";
import { aliasHint, rangesOf } from "./spec_finding.ts";
import type { SpecValues } from "./spec_values.ts";
import { referenceOf, specValues } from "./spec_values.ts";

/** What came out of an output. */
export interface SpecOutcome {
  readonly output: string;
  readonly elements: number;
  /** The largest error as a share of what is allowed. */
  readonly worst: number;
  readonly faults: number;
}

export interface SpecReport {
  readonly outcomes: readonly SpecOutcome[];
  readonly findings: readonly SpecFinding[];
}

/**
 * Runs a kernel as its spec says, and holds what it leaves behind against the reference.
 * @param races what was found before it ran: where invocations race, a wrong value needs no other cause
 */
export async function checkSpec(
  device: Device,
  kernel: SpecKernel,
  races: readonly SpecFinding[] = [],
): Promise<SpecReport> {
  const { spec } = kernel;
  const values = specValues(spec);
  const first = await runSpec(device, kernel, { inputs: values.inputs });
  const second = await runSpec(device, kernel, { inputs: values.inputs });
  const outcomes: SpecOutcome[] = [];
  const findings = [...races];
  for (const [output, result] of Object.entries(first)) {
    const expected = values.expected[output] ?? new Float64Array();
    const compared = compare(spec, output, result, expected, values);
    outcomes.push({ output, elements: expected.length, worst: compared.worst, faults: compared.faults });
    const unequal = unequalRuns(spec, output, result, second[output]);
    findings.push(...strayWrites(spec, output, result), ...gaps(output, result), ...unequal);
    const { mismatch } = compared;
    if (!mismatch || result.unwritten.length > 0) continue;
    const message = describeWrongValue(output, expected.length, compared);
    // What changes from run to run cannot be explained by running it again.
    const explicable = races.length === 0 && unequal.length === 0;
    const cause = explicable ? await explainWrongValue(device, kernel, values, output, mismatch) : null;
    const { problem, why } = cause ?? { problem: "wrong value", why: "" };
    findings.push({ problem, where: output, message: why === "" ? message : `${message}; ${why}` });
  }
  return { outcomes, findings };
}

function compare(
  spec: KernelSpec,
  output: string,
  { values }: KernelOutput,
  expected: TypedArray,
  { inputs }: SpecValues,
): Comparison {
  const tolerance = spec.outputs[output]?.tolerance ?? { kind: "elementwise" };
  const magnitudes = () => {
    const absolute = Object.entries(inputs).map(([name, own]) => [name, own.map(Math.abs)] as const);
    return referenceOf(spec, Object.fromEntries(absolute))[output] ?? new Float64Array();
  };
  return compareValues(values, expected, allowanceOf(tolerance, expected, magnitudes));
}

function strayWrites(spec: KernelSpec, output: string, { outside }: KernelOutput): SpecFinding[] {
  const [index] = outside;
  const type = spec.outputs[output];
  if (index === undefined || !type) return [];
  const count = elementCount(type.shape);
  const place = index < 0 ? `${-4 * index} bytes before it begins` : `byte ${4 * index} of ${4 * count}`;
  const more = outside.length > 1 ? `, and ${outside.length - 1} elements more` : "";
  const message = `writes ${output}[${index}], outside its output of ${count} elements: ${place}${more}; an index is off`;
  return [{ problem: "written outside", where: output, message }];
}

function gaps(output: string, { unwritten, values }: KernelOutput): SpecFinding[] {
  if (unwritten.length === 0) return [];
  const message = `never writes ${rangesOf(output, unwritten)}: ${unwritten.length} of ${values.length} elements`;
  return [{ problem: "never written", where: output, message }];
}

function unequalRuns(
  spec: KernelSpec,
  output: string,
  first: KernelOutput,
  second?: KernelOutput,
): SpecFinding[] {
  const index = first.bits.findIndex((bits, at) => bits !== second?.bits[at]);
  if (index < 0) return [];
  const taken = spec.inPlace?.[output];
  const hint = taken === undefined ? "" : `; ${aliasHint(output, taken)}`;
  const shown = `${first.values[index]}, then ${second?.values[index]}`;
  const message = `two runs differ at ${output}[${index}]: ${shown}; the order of invocations decides${hint}`;
  return [{ problem: "two runs differ", where: output, message }];
}
