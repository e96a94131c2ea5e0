import type { DType, TypedArray } from "../kernels/types.ts";
import type { Tolerance } from "./case.ts";

/** The first element that is wrong. */
export interface Mismatch {
  readonly index: number;
  readonly got: number;
  readonly expected: number;
  readonly error: number;
  readonly allowed: number;
}

export interface Comparison {
  /** The largest error as a share of what is allowed. */
  readonly worst: number;
  readonly mismatch: Mismatch | null;
  /** How many elements are wrong. */
  readonly faults: number;
}

/** How far each element may be from what is expected; 0 asks for the same bits after rounding to f32. */
export type Allowance = (index: number) => number;

/** NaN equals NaN only, an infinity itself only. */
export function compareValues(got: TypedArray, expected: TypedArray, allowance: Allowance): Comparison {
  if (got.length !== expected.length) throw new Error(`${got.length} values, ${expected.length} expected`);
  const storable = expected instanceof Float64Array ? Math.fround : (value: number) => value;
  let worst = 0;
  let mismatch: Mismatch | null = null;
  let faults = 0;
  for (let index = 0; index < got.length; index++) {
    const a = got[index] ?? Number.NaN;
    const b = expected[index] ?? Number.NaN;
    const allowed = allowance(index);
    const share = Object.is(a, storable(b)) ? 0 : shareOfTolerance(a, b, allowed);
    worst = Math.max(worst, share);
    if (share <= 1) continue;
    faults++;
    mismatch ??= { index, got: a, expected: b, error: Math.abs(a - b), allowed };
  }
  return { worst, mismatch, faults };
}

function shareOfTolerance(got: number, expected: number, allowed: number): number {
  const comparable = Number.isFinite(got) && Number.isFinite(Math.fround(expected));
  return comparable && allowed > 0 ? Math.abs(got - expected) / allowed : Number.POSITIVE_INFINITY;
}

/**
 * What a tolerance allows around a result: computed in f32, and where it is stored as f16, rounded once more.
 * @param expected the result in f64
 * @param magnitudes a bound of Σ|terms| for each element, asked for only where the case gives none
 * @param dtype what the result is stored as
 */
export function allowanceOf(
  tolerance: Tolerance,
  expected: TypedArray,
  magnitudes: () => TypedArray,
  dtype: DType = "f32",
): Allowance {
  const computed = allowanceInF32(tolerance, expected, magnitudes);
  if (dtype !== "f16" || tolerance.kind === "exact") return computed;
  return (index) => computed(index) + halfStep(finite(expected[index]));
}

/** Half the distance of neighbouring f16 around a size: what rounding to the nearest loses. */
const halfStep = (size: number): number => Math.max(2 ** -11 * size, 2 ** -25);

function allowanceInF32(tolerance: Tolerance, expected: TypedArray, magnitudes: () => TypedArray): Allowance {
  if (!(expected instanceof Float64Array)) return () => 0;
  switch (tolerance.kind) {
    case "exact":
      return () => 0;
    case "elementwise":
      return (index) => 1e-5 + 1.3e-6 * finite(expected[index]);
    case "relative":
      return (index) => tolerance.error * finite(expected[index]) + vanishing;
    case "reduction": {
      const unit = 2 * Math.sqrt(tolerance.terms) * 2 ** -23;
      const { magnitude } = tolerance;
      const measured = magnitude === undefined ? magnitudes() : null;
      return (index) =>
        unit * Math.max(magnitude ?? finite(measured?.[index]), finite(expected[index]), tiny);
    }
    default:
      return tolerance satisfies never;
  }
}

/** Below this an f32 may be flushed to zero. */
const tiny = 2 ** -100;

/** What is smaller may be 0: adapters may flush what is subnormal, and the kernels' exponential ends one octave above. */
const vanishing = 2 ** -125;

const finite = (value: number | undefined) => (Number.isFinite(value) ? Math.abs(value ?? 0) : 0);
