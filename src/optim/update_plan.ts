import { UsageError } from "../device/errors.ts";
import { nearestNames } from "../device/nearest_names.ts";
import { constantTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Parameter, ParameterSet } from "../nn/parameters.ts";
import type { Settings } from "./gradient_transform.ts";

/** Parameters that are trained with settings of their own. */
export interface ParameterGroup {
  /** Which: by a function, by their names, or by names of parameters or layers, such as `layer2` or `layer2.dense.bias`. */
  readonly parameters: ((parameter: Parameter) => boolean) | RegExp | string | readonly string[];
  /** In place of the optimizer's; a schedule scales it likewise. */
  readonly learningRate?: number;
  /** In place of the optimizer's, for all parameters of the group, biases too. */
  readonly weightDecay?: number;
}

/** What every optimizer takes. */
export interface UpdateOptions {
  /** λ of an L2 penalty, whose gradient λ · θ is added, or of a decay apart from the gradient where the optimizer says so. */
  readonly weightDecay?: number;
  /** Decay biases and scales of normalisations too; false by default. */
  readonly decayBiases?: boolean;
  /** Parameters with a learning rate or a decay of their own; a parameter belongs to one group at most. */
  readonly groups?: readonly ParameterGroup[];
}

/** Which learning rate and decay each parameter gets. */
export interface UpdatePlan {
  readonly learningRate: number;
  /** λ as the kernel is told: the largest of all, which segments scale. */
  readonly weightDecay: number;
  /** For records of runs. */
  readonly settings: Settings & { readonly learningRate: number };
  /**
   * Multipliers of η and of λ for each block of 64 elements.
   * @throws UsageError where a group or a decay is for no parameter of the model, or two groups are for the same
   */
  segments(parameters: ParameterSet): Tensor;
}

/** @throws UsageError that names the optimizer and the setting */
export function planUpdate(
  optimizer: string,
  learningRate: number,
  options: UpdateOptions,
  defaultDecay = 0,
): UpdatePlan {
  const { weightDecay = defaultDecay, decayBiases = false, groups = [] } = options;
  checkRate(optimizer, learningRate);
  checkDecay(optimizer, weightDecay);
  groups.forEach((group, index) => {
    checkGroup(`${optimizer}(groups[${index}]`, group, learningRate);
  });
  const largest = Math.max(weightDecay, ...groups.map((group) => group.weightDecay ?? 0));
  const segments = (parameters: ParameterSet): Tensor => {
    const owners = groupsOf(optimizer, groups, parameters.parameters);
    const decayOf = (parameter: Parameter) =>
      owners.get(parameter)?.weightDecay ?? (parameter.kind === "weight" || decayBiases ? weightDecay : 0);
    if (options.weightDecay && !parameters.parameters.some((parameter) => decayOf(parameter) > 0)) {
      throw new UsageError({
        where: `${optimizer}(weightDecay)`,
        problem: "a decay on nothing: the model has no weights that it is for",
        got: String(weightDecay),
        hint: "decayBiases: true decays biases and scales too",
      });
    }
    const values = parameters.segments((parameter) => {
      const rate = owners.get(parameter)?.learningRate;
      return {
        learningRate: rate === undefined ? 1 : rate / learningRate,
        weightDecay:
          largest > 0 ? decayOf(parameter) / largest : Number(decayBiases || parameter.kind === "weight"),
      };
    });
    return constantTensor(values, { shape: [values.length], dtype: "f32" });
  };
  const settings = {
    learningRate,
    weightDecay,
    decayBiases,
    ...(groups.length > 0 && { groups: groups.map(described).join("; ") }),
  };
  return { learningRate, weightDecay: largest, settings, segments };
}

function checkGroup(where: string, { learningRate, weightDecay }: ParameterGroup, base: number): void {
  if (learningRate === undefined && weightDecay === undefined) {
    const problem = "the group changes nothing";
    throw new UsageError({ where: `${where})`, problem, expected: "a learningRate or a weightDecay" });
  }
  for (const [field, value] of Object.entries({ learningRate, weightDecay })) {
    if (value === undefined || (Number.isFinite(value) && value >= 0)) continue;
    throw new UsageError({
      where: `${where}.${field})`,
      problem: "wrong value",
      got: String(value),
      expected: notNegative,
    });
  }
  if (learningRate !== undefined && base === 0) {
    const problem = "the optimizer's own learning rate is 0, which schedules cannot scale to a group's";
    throw new UsageError({ where: `${where}.learningRate)`, problem });
  }
}

/** Each grouped parameter's group. */
function groupsOf(
  optimizer: string,
  groups: readonly ParameterGroup[],
  parameters: readonly Parameter[],
): ReadonlyMap<Parameter, ParameterGroup> {
  const owners = new Map<Parameter, ParameterGroup>();
  groups.forEach((group, index) => {
    const where = `${optimizer}(groups[${index}].parameters)`;
    const own = chosenBy(where, group, parameters);
    if (own.length === 0) {
      throw new UsageError({
        where,
        problem: "the model has no such parameter",
        expected: `some of ${parameters.map(({ name }) => name).join(", ")}`,
      });
    }
    for (const parameter of own) {
      if (owners.has(parameter))
        throw new UsageError({ where, problem: "a parameter is in two groups", got: parameter.name });
      owners.set(parameter, group);
    }
  });
  return owners;
}

function chosenBy(
  where: string,
  { parameters: choice }: ParameterGroup,
  all: readonly Parameter[],
): Parameter[] {
  if (typeof choice === "function") return all.filter((parameter) => choice(parameter));
  // A pattern with the flag g would go on where its last match ended.
  if (choice instanceof RegExp) return all.filter(({ name }) => name.search(choice) >= 0);
  return [choice].flat().flatMap((wanted) => {
    const own = all.filter(({ name }) => name === wanted || name.startsWith(`${wanted}.`));
    if (own.length > 0) return own;
    const [near] = nearestNames(
      wanted,
      all.map(({ name }) => name),
    );
    const hint = near === undefined ? {} : { hint: `did you mean ${near}?` };
    throw new UsageError({ where, problem: "no parameter or layer has this name", got: wanted, ...hint });
  });
}

function described({ parameters, learningRate, weightDecay }: ParameterGroup): string {
  const which = typeof parameters === "function" ? parameters.name || "a function" : String(parameters);
  const own = Object.entries({ learningRate, weightDecay }).filter(([, value]) => value !== undefined);
  return `${which}: ${own.map(([field, value]) => `${field} ${value}`).join(", ")}`;
}

const notNegative = "a finite number of at least 0";

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
  checkSetting(optimizer, "learningRate", learningRate, valid, notNegative);
}

export function checkDecay(optimizer: string, weightDecay: number): void {
  const valid = Number.isFinite(weightDecay) && weightDecay >= 0;
  checkSetting(optimizer, "weightDecay", weightDecay, valid, notNegative);
}

/** A share of the past that stays. */
export function checkShare(optimizer: string, setting: string, share: number): void {
  checkSetting(optimizer, setting, share, share >= 0 && share < 1, "at least 0 and below 1");
}

export function checkPositive(optimizer: string, setting: string, value: number): void {
  checkSetting(optimizer, setting, value, Number.isFinite(value) && value > 0, "a finite number above 0");
}
