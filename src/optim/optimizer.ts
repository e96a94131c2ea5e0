import { UsageError } from "../device/errors.ts";
import type { Update } from "../graph/graph.ts";
import type { State } from "../graph/leaves.ts";
import { constantTensor, stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { StepValues } from "../kernels/step.ts";
import type { ParameterSet } from "../nn/parameters.ts";

/** What an optimizer decides anew at each step. */
export type OptimizerStep = Pick<StepValues, "learningRate" | "biasCorrection1" | "biasCorrection2">;

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
  update(parameters: ParameterSet, gradients: readonly Tensor[]): Update[];
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
  biasCorrections?(step: number): Pick<OptimizerStep, "biasCorrection1" | "biasCorrection2">;
}

/** An optimizer around one op that updates all parameters in one dispatch. */
export function defineOptimizer(description: Description): Optimizer {
  const { name, settings, moments, decayBiases, apply, biasCorrections } = description;
  const remembered = new WeakMap<ParameterSet, ReadonlyMap<string, State>>();
  const states = (parameters: ParameterSet): ReadonlyMap<string, State> => {
    const known = remembered.get(parameters);
    if (known) return known;
    const made = new Map(moments.map((moment) => [moment, parameters.companion(`${name}.${moment}`)]));
    remembered.set(parameters, made);
    return made;
  };
  const update = (parameters: ParameterSet, gradients: readonly Tensor[]): Update[] => {
    const overwritten = [parameters.state, ...states(parameters).values()];
    const [flat, ...rest] = overwritten.map((state) => stateTensor(state));
    if (!flat) throw new Error("internal: an optimizer without parameters");
    const values = apply(parameters.pack(gradients), segments(parameters, decayBiases), flat, rest);
    return overwritten.flatMap((state, index) => {
      const value = values[index];
      return value ? [{ state, value }] : [];
    });
  };
  const none = { biasCorrection1: 1, biasCorrection2: 1 };
  const stepValues = (step: number, learningRate: number): OptimizerStep => ({
    learningRate,
    ...(biasCorrections?.(step) ?? none),
  });
  return { name, learningRate: settings.learningRate, settings, states, update, stepValues };
}

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
