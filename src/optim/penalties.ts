import { UsageError } from "../device/errors.ts";
import { scalar, stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Parameter, ParameterSet } from "../nn/parameters.ts";
import { abs } from "../ops/abs.ts";
import { add } from "../ops/add.ts";
import { addPenalties } from "../ops/addPenalties.ts";
import { mul } from "../ops/mul.ts";
import { square } from "../ops/square.ts";
import { sum } from "../ops/sum.ts";
import { blockTable } from "./block_table.ts";
import type { GradientTransform } from "./gradient_transform.ts";
import { checkSetting } from "./optimizer.ts";

/** λ₁ · Σ |θ| + λ₂ · Σ θ², as Keras' regularizers: λ₂ is not halved, so that its gradient is 2 · λ₂ · θ. */
export interface Penalty {
  /** λ₁; 0 by default. */
  readonly l1?: number;
  /** λ₂; 0 by default. Half of what other libraries call weight decay. */
  readonly l2?: number;
}

/** Scales of normalisations are never penalised. */
export interface PenaltyOptions {
  readonly weights?: Penalty;
  readonly biases?: Penalty;
}

/**
 * Adds the gradient of a penalty on weights and on biases to the gradients, λ₁ · sign(θ) + 2 · λ₂ · θ, in one dispatch for
 * all parameters; sign(0) is 0. The loss that a training reports is without it: `penalty` gives its value.
 * @throws UsageError where an option is out of range, or nothing is penalised
 */
export function regularize(options: PenaltyOptions): GradientTransform {
  const of = penaltiesOf("regularize", options);
  const [weights, biases] = [of("weight"), of("bias")];
  if (Math.max(...weights, ...biases) === 0) {
    const expected = "weights, biases or both, each with l1 or l2 above 0";
    throw new UsageError({ where: "regularize", problem: "nothing is penalised", expected });
  }
  return {
    name: "regularize",
    settings: {
      weightsL1: weights[0],
      weightsL2: weights[1],
      biasesL1: biases[0],
      biasesL2: biases[1],
    },
    apply: (gradients, parameters) => {
      const penalties = blockTable(parameters, "f32", 2, ({ kind }) => of(kind));
      return addPenalties(gradients, stateTensor(parameters.state), penalties);
    },
  };
}

/**
 * The value of the penalty, to be added to a loss of one's own: differentiable, so that a gradient of the sum needs no
 * `regularize`. @throws UsageError where an option is out of range
 */
export function penalty({ parameters }: ParameterSet, options: PenaltyOptions): Tensor {
  const of = penaltiesOf("penalty", options);
  const terms = parameters.flatMap(({ kind, tensor }) => {
    const [l1, l2] = of(kind);
    return [
      ...(l1 > 0 ? [mul(sum(abs(tensor)), scalar(l1))] : []),
      ...(l2 > 0 ? [mul(sum(square(tensor)), scalar(l2))] : []),
    ];
  });
  return terms.length === 0 ? scalar(0) : terms.reduce((total, term) => add(total, term));
}

/** λ₁ and λ₂ by the kind of a parameter. @throws UsageError */
function penaltiesOf(
  where: string,
  options: PenaltyOptions,
): (kind: Parameter["kind"]) => readonly [l1: number, l2: number] {
  const { weights = {}, biases = {} } = options;
  for (const [group, { l1 = 0, l2 = 0 }] of Object.entries({ weights, biases })) {
    for (const [name, value] of Object.entries({ l1, l2 })) {
      const valid = Number.isFinite(value) && value >= 0;
      checkSetting(where, `${group}.${name}`, value, valid, "a finite number of at least 0");
    }
  }
  return (kind) => {
    if (kind === "scale") return [0, 0];
    const { l1 = 0, l2 = 0 } = kind === "weight" ? weights : biases;
    return [l1, l2];
  };
}
