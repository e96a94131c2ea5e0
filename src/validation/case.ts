import type { Tensor } from "../graph/tensor.ts";
import type { StepValues } from "../kernels/step.ts";
import type { DType, Shape } from "../kernels/types.ts";

/** How the elements of an input are drawn. Each is a deterministic function of the case's seed. */
export type Fill =
  | { readonly kind: "normal"; readonly scale?: number }
  | { readonly kind: "uniform"; readonly low: number; readonly high: number }
  /** Values at least `gap` apart from each other and from zero, shuffled: for ops with kinks and ties. */
  | { readonly kind: "distinct"; readonly gap?: number }
  /** u32 below the bound. */
  | { readonly kind: "indices"; readonly below: number }
  | { readonly kind: "values"; readonly values: readonly number[] };

export interface CaseInput {
  readonly shape: Shape;
  readonly fill?: Fill;
  /** u32 for indices, else f32, where nothing is said. */
  readonly dtype?: DType;
}

/** One case of an op: serves the forward comparison, every kernel variant, the gradient check, the benchmark. */
export interface Case {
  /** What is special about it: `tile + 1`, `stride above the window`. */
  readonly name: string;
  readonly inputs: readonly CaseInput[];
  /** Applies the op through its public function and returns its outputs (most ops: one). */
  build(inputs: readonly Tensor[]): Tensor | readonly Tensor[];
  /**
   * Error allowed in output elements: `elementwise` is 1e-5 + 1.3e-6·|ref|; `reduction` is 2·√K·2⁻²³·Σ|terms| with
   * the longest sum's K and a bound of Σ|terms|; `exact` compares bits.
   */
  readonly tolerance?: Tolerance;
  /** What kernels read from the step uniform, where the defaults of `support/subject.ts` do not fit. */
  readonly step?: Partial<StepValues>;
  /** A feature without which the adapter cannot run it, such as `shader-f16`: there it is left out. */
  readonly needs?: GPUFeatureName;
  /** Too large for the f64 gradient check, or without a gradient: say which. */
  readonly gradient?: "skip: large" | "skip: not differentiable" | "skip: state";
}

export type Tolerance =
  | { readonly kind: "elementwise" }
  /** `error` · |ref|, however small the result; what is below 2⁻¹²⁵ may be 0. */
  | { readonly kind: "relative"; readonly error: number }
  | { readonly kind: "reduction"; readonly terms: number; readonly magnitude?: number }
  | { readonly kind: "exact" };

/** The cases of an op, `src/validation/cases/<op>.ts`. */
export interface CaseList {
  readonly op: string;
  readonly cases: readonly Case[];
  /** Any case of the op: `wgrad check --cases N` draws N of them, and makes one that fails as small as it can. */
  random?(draw: Draw): Case;
  /** For an op of one number: every suite runs it over all magnitudes of f32 (`sweep.ts`). */
  readonly sweep?: Sweep;
}

/** What an op of one number promises over all of f32. */
export interface Sweep {
  apply(x: Tensor): Tensor;
  /** What NaN becomes, and either infinity. The reference has to agree. */
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  /** The finite arguments it is right for, where not all of them. */
  readonly domain?: readonly [low: number, high: number];
  /** `elementwise` by default. */
  readonly tolerance?: Tolerance;
}

/** What a random case is made of. Smaller numbers and earlier choices are simpler: a failing case shrinks to them. */
export interface Draw {
  /** From low to high, both included. */
  integer(low: number, high: number): number;
  pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice;
}
