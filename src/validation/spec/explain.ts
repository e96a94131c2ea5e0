/** What a wrong result looks like: each idea of the cause is tried by running the kernel once more. */
import type { Device } from "../../device/device.ts";
import type { TypedArray } from "../../kernels/types.ts";
import type { Comparison, Mismatch } from "../compare.ts";
import type { SpecKernel } from "./run_spec.ts";
import { runSpec } from "./run_spec.ts";
import type { SpecFinding } from "./spec_finding.ts";
import { aliasHint, rangesOf } from "./spec_finding.ts";
import type { SpecValues } from "./spec_values.ts";
import { referenceOf } from "./spec_values.ts";

/** The wrong value in words. */
export function describeWrongValue(
  output: string,
  elements: number,
  { mismatch, faults }: Comparison,
): string {
  if (!mismatch) throw new Error("internal: nothing is wrong");
  const { index, got, expected, error, allowed } = mismatch;
  const many = faults > 1 ? `; ${faults} of ${elements} elements` : "";
  const size = Number.isFinite(got) ? `, error ${shortNumber(error)}, allowed ${shortNumber(allowed)}` : "";
  return `${output}[${index}] is ${got}, the reference ${shortNumber(expected)}${size}${many}`;
}

/** What it is, and as far as can be seen, why. */
export async function explainWrongValue(
  device: Device,
  kernel: SpecKernel,
  values: SpecValues,
  output: string,
  { index, got, expected }: Mismatch,
): Promise<Pick<SpecFinding, "problem"> & { readonly why: string }> {
  if (await dependsOnSurroundings(device, kernel, values, output)) {
    const why = "it changes with what lies around the inputs: an index reads past the end of one";
    return { problem: "read outside", why };
  }
  if (await dependsOnOutput(device, kernel, values, output)) {
    const why = `it changes with what ${output} held before: it is read before it is written`;
    return { problem: "wrong value", why };
  }
  if (!Number.isFinite(got) && Number.isFinite(expected)) {
    const why = `every input is finite, ${largest(values.inputs)}: clamp what exp or tanh is given`;
    return { problem: "not finite", why };
  }
  const influence = await wrongInfluence(device, kernel, values, output, index);
  const taken = kernel.spec.inPlace?.[output];
  const why = influence === "" && taken !== undefined ? aliasHint(output, taken) : influence;
  return { problem: "wrong value", why };
}

const shortNumber = (value: number): string => String(Number(value.toPrecision(7)));

async function bitsWith(
  device: Device,
  kernel: SpecKernel,
  { inputs }: SpecValues,
  output: string,
  fills: { readonly around?: number; readonly before?: number },
): Promise<Uint32Array | undefined> {
  return (await runSpec(device, kernel, { inputs, ...fills }))[output]?.bits;
}

const sameBits = (a?: Uint32Array, b?: Uint32Array): boolean =>
  a?.every((bits, at) => bits === b?.[at]) ?? false;

async function dependsOnSurroundings(device: Device, kernel: SpecKernel, values: SpecValues, output: string) {
  const with0 = await bitsWith(device, kernel, values, output, { around: 0 });
  const with1 = await bitsWith(device, kernel, values, output, { around: one });
  return !sameBits(with0, with1);
}

async function dependsOnOutput(device: Device, kernel: SpecKernel, values: SpecValues, output: string) {
  if (kernel.spec.inPlace?.[output] !== undefined) return false;
  const with0 = await bitsWith(device, kernel, values, output, { before: 0 });
  const with1 = await bitsWith(device, kernel, values, output, { before: one });
  return !sameBits(with0, with1);
}

/** The bits of 1 in f32; as an integer, large. */
const one = 0x3f80_0000;

function largest(inputs: SpecValues["inputs"]): string {
  const sizes = Object.entries(inputs).map(([name, values]) => {
    let most = 0;
    for (const value of values) most = Math.max(most, Math.abs(value));
    return `the largest |${name}| is ${shortNumber(most)}`;
  });
  return sizes.join(", ");
}

/** Parts of an input that are changed by themselves: a run each. */
const mostParts = 512;

/**
 * Changes each input part by part, and asks which parts reach the wrong element here and in the reference. A tail that
 * a reduction leaves out reaches it there and not here.
 */
async function wrongInfluence(
  device: Device,
  kernel: SpecKernel,
  values: SpecValues,
  output: string,
  index: number,
): Promise<string> {
  const { spec } = kernel;
  const plain = await runSpec(device, kernel, { inputs: values.inputs });
  const before = { here: plain[output]?.bits[index], there: values.expected[output]?.[index] };
  for (const [name, own] of Object.entries(values.inputs)) {
    if (!(own instanceof Float32Array)) continue;
    const influence: Influence = { wanted: [], ignored: [], unwanted: [] };
    for (const [first, last] of parts(own.length)) {
      const inputs = { ...values.inputs, [name]: moved(own, first, last) };
      const here = (await runSpec(device, kernel, { inputs }))[output]?.bits[index] !== before.here;
      const there = referenceOf(spec, inputs)[output]?.[index] !== before.there;
      const indices = Array.from({ length: last - first }, (_, at) => first + at);
      if (there) influence.wanted.push(...indices);
      if (there && !here) influence.ignored.push(...indices);
      if (here && !there) influence.unwanted.push(...indices);
    }
    const said = influenceSentence(`${output}[${index}]`, name, influence);
    if (said !== "") return said;
  }
  return "";
}

/** Elements of an input, in rising order. */
interface Influence {
  /** Those that reach the output's element in the reference. */
  readonly wanted: number[];
  /** Of those, what does not in the kernel. */
  readonly ignored: number[];
  /** Those that do in the kernel alone. */
  readonly unwanted: number[];
}

function influenceSentence(element: string, input: string, { wanted, ignored, unwanted }: Influence): string {
  if (ignored.length === 0 && unwanted.length === 0) return "";
  const isTail = ignored.length < wanted.length && ignored.at(-1) === wanted.at(-1);
  const tail = isTail ? ": the tail is left out" : "";
  const without = ignored.length > 0 ? [`${rangesOf(input, ignored)} never reaches it${tail}`] : [];
  const withMore = unwanted.length > 0 ? [`${rangesOf(input, unwanted)} does, and should not`] : [];
  return `of what ${element} depends on, ${[...without, ...withMore].join("; ")}`;
}

function parts(length: number): [first: number, last: number][] {
  const size = Math.ceil(length / mostParts);
  return Array.from({ length: Math.ceil(length / size) }, (_, part) => [
    part * size,
    Math.min(length, (part + 1) * size),
  ]);
}

/** Far enough that it shows in any sum. */
function moved(values: Float32Array, first: number, last: number): TypedArray {
  return values.map((value, at) => (at >= first && at < last ? value + 1 + Math.abs(value) : value));
}
