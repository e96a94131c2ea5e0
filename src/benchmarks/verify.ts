import { inputTensor } from "../graph/leaves.ts";
import type { Node } from "../graph/tensor.ts";
import type { Cost } from "../kernels/kernel.ts";
import type { StepValues } from "../kernels/step.ts";
import type { DType, Shape, TypedArray } from "../kernels/types.ts";
import { evaluateNode, hostTensor } from "../reference/executor.ts";
import type { KernelCase, Tolerance } from "./kernel_case.ts";
import { dtypeOf } from "./kernel_case.ts";
import type { Picks } from "./sample.ts";
import { drawPicks, FastRandom, pickedPlaces, pickedShape, pickValues } from "./sample.ts";

/** What must come out of an output, at the places that are looked at. */
export interface Expected {
  readonly places: Uint32Array;
  readonly values: TypedArray;
  /** Largest error at each place. */
  readonly allowed: Float64Array;
}

/** The reference does about 10⁸ operations a second: more than this, and a sample of the outputs is checked. */
const wholeBelowFlops = 1e8;

/**
 * The f64 reference of a case: of every output element, or where that would take long, of those that the case's sample
 * leaves: whole sums over shorter tensors.
 * @param values of the inputs, whole
 * @param outputs their whole shapes
 */
export function expectedOf(
  given: KernelCase,
  values: readonly TypedArray[],
  outputs: readonly Shape[],
  cost: Cost,
  step: StepValues,
): Expected[] {
  const picks = cost.flops <= wholeBelowFlops ? new Map() : picksOf(given, outputs);
  const reduced = given.inputs.map(({ shape, axes }, index) =>
    pickValues(values[index] ?? new Float32Array(), shape, axes, picks),
  );
  const tensors = given.inputs.map((input, index) => {
    const shape = pickedShape(input.shape, input.axes, picks);
    return inputTensor(`input${index}`, { shape, dtype: dtypeOf(input) });
  });
  const [first] = given.apply(tensors);
  if (!first) throw new Error(`internal: ${given.name} has no output`);
  const expected = evaluate(first.node, reduced, step);
  const sums = given.tolerance.kind === "reduction";
  // Of absolute values, a sum of terms is the sum of their magnitudes.
  const magnitudes = sums ? evaluate(first.node, reduced.map(absolute), step) : expected;
  return outputs.map((shape, index) => {
    const own = expected[index] ?? new Float64Array();
    return {
      places: pickedPlaces(shape, given.outputAxes[index] ?? "", picks),
      values: own,
      allowed: allowances(given.tolerance, own, magnitudes[index] ?? own, first.node.types[index]?.dtype),
    };
  });
}

function picksOf({ inputs, outputAxes, sample }: KernelCase, outputs: readonly Shape[]): Picks {
  const shapes = [...inputs.map(({ shape }) => shape), ...outputs];
  const axes = [...inputs.map((input) => input.axes), ...outputAxes];
  return drawPicks(shapes, axes, sample, new FastRandom(20_260_101));
}

function evaluate(node: Node, values: readonly TypedArray[], step: StepValues): readonly TypedArray[] {
  const hosts = node.inputs.map((tensor, index) => hostTensor(tensor.type, values[index] ?? []));
  return evaluateNode(node, hosts, { step }).map(({ data }) => data);
}

const absolute = (values: TypedArray): TypedArray => values.map(Math.abs);

/** Integers must be equal. */
function allowances(
  tolerance: Tolerance,
  expected: TypedArray,
  magnitudes: TypedArray,
  dtype?: DType,
): Float64Array {
  const allowed = new Float64Array(expected.length);
  if (!(expected instanceof Float64Array)) return allowed;
  const sums = tolerance.kind === "reduction" ? 2 * Math.sqrt(tolerance.terms) * 2 ** -23 : 0;
  return allowed.map((_, index) => {
    const magnitude = Math.abs(magnitudes[index] ?? 0);
    const computed = sums > 0 ? sums * Math.max(magnitude, 2 ** -100) : 1e-5 + 1.3e-6 * magnitude;
    // Half a step of f16, where the result is rounded to it.
    return computed + (dtype === "f16" ? Math.max(2 ** -11 * Math.abs(expected[index] ?? 0), 2 ** -25) : 0);
  });
}

/** What is wrong with an output in words, or null: its first wrong element. */
export function firstWrong(
  output: string,
  got: TypedArray,
  { places, values, allowed }: Expected,
): string | null {
  if (places.length !== values.length)
    return `internal: ${places.length} places of ${output} for ${values.length} values`;
  for (let index = 0; index < places.length; index++) {
    const place = places[index] ?? 0;
    const [own, wanted] = [got[place] ?? Number.NaN, values[index] ?? Number.NaN];
    // Written so that NaN is wrong.
    if (Math.abs(own - wanted) <= (allowed[index] ?? 0)) continue;
    return `${output}[${place}]: got ${own}, expected ${wanted}, allowed error ${allowed[index]}`;
  }
  return null;
}
