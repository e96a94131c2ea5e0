import { UsageError } from "../device/errors.ts";
import type { Update } from "../graph/graph.ts";
import type { State } from "../graph/leaves.ts";
import { constantTensor, stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { StepValues } from "../kernels/step.ts";
import type { ParameterSet } from "../nn/parameters.ts";

/** What an optimizer decides anew at each step. */
export type OptimizerStep = Pick<StepValues, "learningRate" | Coefficient>;

/** The step's values that belong to the optimizer; each optimizer says what it puts there. */
export type Coefficient = "coefficient1" | "coefficient2" | "coefficient3" | "coefficient4";

/** What an optimizer may use besides gradients. */
export interface UpdateContext {
  /** Changes the gradients, packed as the parameters are, before they are used: clipping, noise, penalties. */
  readonly transform?: (gradients: Tensor) => Tensor;
  /** The scalar that the gradients belong to: for optimizers that ask for its curvature, or for it along a line. */
  readonly loss?: Tensor;
}

/** Turns gradients into new parameters. Holds settings only: what it remembers is state beside the parameters. */
export interface Optimizer {
  readonly name: string;
  /** Before a schedule scales it. */
  readonly learningRate: number;
  /** All settings with their defaults filled in: for records of runs. */
  readonly settings: Readonly<Record<string, number | string | boolean>>;
  /** What it remembers of a model, by name, each of the flat parameters' layout; always the same for one model. */
  states(parameters: ParameterSet): ReadonlyMap<string, State>;
  /**
   * New values of the parameters and of what it remembers.
   * @param gradients one for each parameter, in order
   */
  update(parameters: ParameterSet, gradients: readonly Tensor[], context?: UpdateContext): Update[];
  /**
   * @param step counts from 1
   * @param learningRate of this step, with the schedule applied
   */
  stepValues(step: number, learningRate: number): OptimizerStep;
}

interface Description {
  readonly name: string;
  readonly settings: Optimizer["settings"] & { readonly learningRate: number };
  /** Names of the flat states it keeps, in the order of the op's operands. */
  readonly moments: readonly string[];
  readonly decayBiases: boolean;
  /** The op: returns the new parameters and moments. */
  apply(
    gradients: Tensor,
    segments: Tensor,
    parameters: Tensor,
    moments: readonly Tensor[],
  ): readonly Tensor[];
  /** @param step counts from 1 */
  coefficients?(step: number, learningRate: number): Partial<Pick<OptimizerStep, Coefficient>>;
}

/** An optimizer around one op that updates all parameters in one dispatch. */
export function defineOptimizer(description: Description): Optimizer {
  const { name, settings, moments, decayBiases, apply, coefficients } = description;
  const remembered = new WeakMap<ParameterSet, ReadonlyMap<string, State>>();
  const states = (parameters: ParameterSet): ReadonlyMap<string, State> => {
    const known = remembered.get(parameters);
    if (known) return known;
    const made = new Map(moments.map((moment) => [moment, parameters.companion(`${name}.${moment}`)]));
    remembered.set(parameters, made);
    return made;
  };
  const update = (
    parameters: ParameterSet,
    gradients: readonly Tensor[],
    { transform }: UpdateContext = {},
  ): Update[] => {
    const overwritten = [parameters.state, ...states(parameters).values()];
    const [flat, ...rest] = overwritten.map((state) => stateTensor(state));
    if (!flat) throw new Error("internal: an optimizer without parameters");
    const packed = parameters.pack(gradients);
    const changed = transform ? transform(packed) : packed;
    const values = apply(changed, segments(parameters, decayBiases), flat, rest);
    return overwritten.flatMap((state, index) => {
      const value = values[index];
      return value ? [{ state, value }] : [];
    });
  };
  const stepValues = (step: number, learningRate: number): OptimizerStep => ({
    ...noCoefficients,
    ...coefficients?.(step, learningRate),
    learningRate,
  });
  return { name, learningRate: settings.learningRate, settings, states, update, stepValues };
}

const noCoefficients = { coefficient1: 1, coefficient2: 1, coefficient3: 1, coefficient4: 1 };

function segments(parameters: ParameterSet, decayBiases: boolean): Tensor {
  const values = parameters.segments(({ kind }) => ({
    learningRate: 1,
    weightDecay: kind === "weight" || decayBiases ? 1 : 0,
  }));
  return constantTensor(values, { shape: [values.length], dtype: "f32" });
}

/** @throws UsageError that names the optimizer and the setting */
export function checkSetting(
  optimizer: string,
  setting: string,
  value: number,
  valid: boolean,
  expected: string,
): void {
  if (valid) return;
  throw new UsageError({
    where: `${optimizer}(${setting})`,
    problem: "wrong value",
    got: String(value),
    expected,
  });
}

export function checkRate(optimizer: string, learningRate: number): void {
  const valid = Number.isFinite(learningRate) && learningRate >= 0;
  checkSetting(optimizer, "learningRate", learningRate, valid, "a finite number of at least 0");
}

export function checkDecay(optimizer: string, weightDecay: number): void {
  const valid = Number.isFinite(weightDecay) && weightDecay >= 0;
  checkSetting(optimizer, "weightDecay", weightDecay, valid, "a finite number of at least 0");
}

/** A share of the past that stays. */
export function checkShare(optimizer: string, setting: string, share: number): void {
  checkSetting(optimizer, setting, share, share >= 0 && share < 1, "at least 0 and below 1");
}
