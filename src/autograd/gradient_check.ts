import { ShapeError } from "../device/errors.ts";
import { constantTensor, inputTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { RandomStream } from "../kernels/philox.ts";
import type { TensorType, TypedArray } from "../kernels/types.ts";
import { elementCount, isFloat } from "../kernels/types.ts";
import { add } from "../ops/add.ts";
import { mul } from "../ops/mul.ts";
import { sum } from "../ops/sum.ts";
import { vectorJacobianProduct } from "./gradient.ts";

/** A point at which gradients are checked: one input of the function. */
export interface CheckedInput {
  readonly type: TensorType;
  /** Not changed. Floats are differentiated, integers are given as they are. */
  readonly values: TypedArray;
}

/** Computes tensors in f64, given the inputs by name: f32 is too coarse for finite differences. */
export type Evaluate = (
  tensors: readonly Tensor[],
  inputs: ReadonlyMap<string, TypedArray>,
) => readonly TypedArray[] | Promise<readonly TypedArray[]>;

export interface GradientCheckOptions {
  readonly evaluate: Evaluate;
  /** Half the distance of the two points of a difference; 1e-6 by default. */
  readonly epsilon?: number;
  /** Allowed is absoluteTolerance + relativeTolerance · |numeric|; 1e-5 and 1e-3 by default. */
  readonly absoluteTolerance?: number;
  readonly relativeTolerance?: number;
  /** 2 checks the gradient of the gradient as well; 1 by default. */
  readonly order?: 1 | 2;
  /** At most this many elements of each input, drawn at random; all of them by default. */
  readonly samples?: number;
  /** Of the cotangents and the samples; 0 by default. */
  readonly seed?: number;
}

/** The gradient with respect to one input, at the element where it is worst. */
export interface GradientCheck {
  /** `0`, `1`, …; in the second order also `cotangent`, the last input of the gradient as a function. */
  readonly input: string;
  readonly order: 1 | 2;
  /** The largest error as a share of what is allowed. */
  readonly worst: number;
  readonly index: number;
  readonly analytic: number;
  readonly numeric: number;
  readonly ok: boolean;
}

/**
 * Compares gradients with central differences, element by element. An output that is no scalar is weighted with random
 * numbers first, the same at every call.
 * @param apply the function, called once with placeholders
 * @returns a result for each float input and order
 * @throws ShapeError where an op on the way has no gradient
 */
export async function checkGradient(
  apply: (inputs: readonly Tensor[]) => Tensor,
  inputs: readonly CheckedInput[],
  options: GradientCheckOptions,
): Promise<GradientCheck[]> {
  const names = inputs.map((_, index) => String(index));
  const point = new Map(names.map((name, index) => [name, need(inputs[index]).values]));
  const placeholders = names.map((name, index) => inputTensor(name, need(inputs[index]).type));
  const random = new RandomStream(options.seed ?? 0, 1);
  const output = apply(placeholders);
  const subject: Subject = {
    output,
    wanted: placeholders.filter((input) => isFloat(input.dtype)),
    point,
    cotangent: randomCotangent(output, random),
  };
  const first = await compare(subject, 1, options);
  if (options.order !== 2) return first;
  return [...first, ...(await compare(derivedSubject(subject, random), 2, options))];
}

/** What is differentiated, where, and how its output's elements are weighted. */
interface Subject {
  readonly output: Tensor;
  /** Placeholders, labelled with their names. */
  readonly wanted: readonly Tensor[];
  readonly point: ReadonlyMap<string, TypedArray>;
  readonly cotangent: Float32Array;
}

/** The gradient as a function of the inputs and of its cotangent, its elements weighted and summed. */
function derivedSubject({ output, wanted, point, cotangent }: Subject, random: RandomStream): Subject {
  const weight = inputTensor("cotangent", output.type);
  const gradients = vectorJacobianProduct(output, weight, wanted);
  const sums = gradients.map((one) => sum(mul(one, constantTensor(randomCotangent(one, random), one.type))));
  const total = sums.reduce(add);
  return {
    output: total,
    wanted: [...wanted, weight],
    point: new Map([...point, ["cotangent", Float64Array.from(cotangent)]]),
    cotangent: Float32Array.of(1),
  };
}

async function compare(
  subject: Subject,
  order: 1 | 2,
  { evaluate, samples, seed = 0, ...options }: GradientCheckOptions,
): Promise<GradientCheck[]> {
  const { output, wanted, point, cotangent } = subject;
  const weights = constantTensor(cotangent, output.type);
  const analytic = await evaluate(vectorJacobianProduct(output, weights, wanted), point);
  const checks: GradientCheck[] = [];
  for (const [place, tensor] of wanted.entries()) {
    const input = tensor.node.label ?? String(place);
    const start: GradientCheck = { input, order, worst: 0, index: 0, analytic: 0, numeric: 0, ok: true };
    let check = start;
    for (const index of sampled(elementCount(tensor.shape), samples, new RandomStream(seed, 2))) {
      const numeric = await centralDifference(subject, input, index, evaluate, options.epsilon ?? 1e-6);
      check = worse(check, index, analytic[place]?.[index] ?? Number.NaN, numeric, options);
    }
    checks.push(check);
  }
  return checks;
}

function worse(
  known: GradientCheck,
  index: number,
  analytic: number,
  numeric: number,
  { absoluteTolerance = 1e-5, relativeTolerance = 1e-3 }: Omit<GradientCheckOptions, "evaluate">,
): GradientCheck {
  const share = Math.abs(analytic - numeric) / (absoluteTolerance + relativeTolerance * Math.abs(numeric));
  const worst = Number.isFinite(share) ? share : Number.POSITIVE_INFINITY;
  return worst > known.worst ? { ...known, worst, index, analytic, numeric, ok: worst <= 1 } : known;
}

/** The slope of the weighted output along one element of an input. */
async function centralDifference(
  { output, point, cotangent }: Subject,
  input: string,
  index: number,
  evaluate: Evaluate,
  epsilon: number,
): Promise<number> {
  const at = async (distance: number) => {
    const moved = Float64Array.from(point.get(input) ?? []);
    moved[index] = (moved[index] ?? Number.NaN) + distance;
    const [values] = await evaluate([output], new Map([...point, [input, moved]]));
    return need(values);
  };
  const after = await at(epsilon);
  const before = await at(-epsilon);
  // Differences first: the sum of the whole output would swallow their digits.
  return (
    cotangent.reduce(
      (slope, weight, at) => slope + weight * ((after[at] ?? Number.NaN) - (before[at] ?? 0)),
      0,
    ) /
    (2 * epsilon)
  );
}

/** Away from zero, so that no element's gradient hides. */
function randomCotangent({ type, shape }: Tensor, random: RandomStream): Float32Array {
  if (!isFloat(type.dtype))
    throw new ShapeError({ where: "checkGradient", problem: "the output is no float" });
  const signed = () => (0.5 + random.uniform()) * (random.below(2) === 0 ? 1 : -1);
  return Float32Array.from({ length: elementCount(shape) }, signed);
}

function sampled(count: number, samples: number | undefined, random: RandomStream): Iterable<number> {
  return samples === undefined || samples >= count
    ? Array.from({ length: count }, (_, index) => index)
    : random.permutation(count).subarray(0, samples);
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("internal: a gradient check without a value");
  return value;
}
