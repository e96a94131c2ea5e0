import type { Tensor } from "../graph/tensor.ts";
import type { ParameterSet } from "../nn/parameters.ts";

/** Settings with their defaults filled in: for records of runs. */
export type Settings = Readonly<Record<string, number | string | boolean>>;

/** Changes gradients before an optimizer uses them: clipping, noise, penalties. */
export interface GradientTransform {
  readonly name: string;
  readonly settings: Settings;
  /** @param gradients flat, as the parameters lie; what lies between them is unspecified, and must reach no parameter */
  apply(gradients: Tensor, parameters: ParameterSet): Tensor;
}

/** Changes parameters after an optimizer has: a bound on their norm. */
export interface ParameterConstraint {
  readonly name: string;
  readonly settings: Settings;
  /** @param values the new parameters, flat */
  apply(values: Tensor, parameters: ParameterSet): Tensor;
}
