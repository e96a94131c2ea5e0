import type { Update } from "../graph/graph.ts";
import type { State } from "../graph/leaves.ts";
import { stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { StepValues } from "../kernels/step.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import type { Settings } from "./gradient_transform.ts";
import { momentsOf } from "./memory.ts";
import type { UpdatePlan } from "./update_plan.ts";
import { checkRate } from "./update_plan.ts";

export { checkDecay, checkRate, checkSetting, checkShare } from "./update_plan.ts";

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
  /** It steps on one and the same batch: a trainer gives it the whole dataset at each step. */
  readonly wholeBatch?: boolean;
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
  readonly plan: UpdatePlan;
  /** Those that are the optimizer's own, with their defaults filled in. */
  readonly settings?: Settings;
  /** Names of the flat states it keeps, in the order of the op's operands. */
  readonly moments: readonly string[];
  /** The op: returns the new parameters and moments. */
  apply(operands: UpdateOperands): readonly Tensor[];
  /** @param step counts from 1 */
  coefficients?(step: number, learningRate: number): Partial<Pick<OptimizerStep, Coefficient>>;
}

/** What an optimizer's op takes: all flat. */
export interface UpdateOperands {
  readonly gradients: Tensor;
  readonly segments: Tensor;
  readonly parameters: Tensor;
  /** In the order of the moments' names. */
  moment(index: number): Tensor;
  /** The model's, and its gradients as they were before anything changed them: for more than one elementwise dispatch. */
  readonly model: ParameterSet;
  readonly own: readonly Tensor[];
}

/** An optimizer around an op that updates all parameters at once, or several. */
export function defineOptimizer(description: Description): Optimizer {
  const { name, plan, moments, apply, coefficients } = description;
  const settings = { ...plan.settings, ...description.settings };
  const states = momentsOf(name, moments);
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
    const moment = (index: number): Tensor => {
      const tensor = rest[index];
      if (!tensor) throw new Error(`internal: ${name} has no moment ${index}`);
      return tensor;
    };
    const segments = plan.segments(parameters);
    const values = apply({
      gradients: changed,
      segments,
      parameters: flat,
      moment,
      model: parameters,
      own: gradients,
    });
    return overwritten.flatMap((state, index) => {
      const value = values[index];
      return value ? [{ state, value }] : [];
    });
  };
  const stepValues = stepValuesOf(name, coefficients);
  return { name, learningRate: plan.learningRate, settings, states, update, stepValues };
}

/** An optimizer's `stepValues`: it refuses a rate that is none, and leaves coefficients that it does not use at 1. */
export function stepValuesOf(
  name: string,
  coefficients?: Description["coefficients"],
): Optimizer["stepValues"] {
  return (step, learningRate) => {
    checkRate(name, learningRate);
    return { ...noCoefficients, ...coefficients?.(step, learningRate), learningRate };
  };
}

const noCoefficients = { coefficient1: 1, coefficient2: 1, coefficient3: 1, coefficient4: 1 };
