import { UsageError } from "../device/errors.ts";
import { same } from "../graph/graph.ts";
import { State, stateTensor } from "../graph/leaves.ts";
import { substitute } from "../graph/substitute.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import { controlLength, gramLength, historyLength, outcomeLength } from "../ops/lbfgs.ts";
import { lbfgsCoefficients } from "../ops/lbfgsCoefficients.ts";
import { lbfgsDots } from "../ops/lbfgsDots.ts";
import { lbfgsStep } from "../ops/lbfgsStep.ts";
import { lbfgsTrials } from "../ops/lbfgsTrials.ts";
import { part } from "../ops/part.ts";
import { reshape } from "../ops/reshape.ts";
import { sum } from "../ops/sum.ts";
import { rememberedOf } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkRate, checkSetting, stepValuesOf } from "./optimizer.ts";

export interface LbfgsOptions {
  /** η: scales every trial step; 1 by default. */
  readonly learningRate?: number;
  /** m: pairs of steps and gradient differences that are kept; 10 by default. */
  readonly history?: number;
  /** Trial points of each line search, all evaluated in one step; 8 by default. */
  readonly trials?: number;
  /** Each trial's length to the one before it; 0.5 by default. */
  readonly shrink?: number;
  /** c₁ of Armijo's condition f(θ + α · d) ≤ f(θ) + c₁ · α · (g · d); 1e-4 by default. */
  readonly sufficientDecrease?: number;
}

/** Pairs with s · y ≤ ε · ‖y‖² would spoil the curvature and are passed over. */
const curvature = 1e-10;

/**
 * L-BFGS: Nocedal 1980; Liu and Nocedal 1989. For full batches: a step's loss has to be the same function as that of the step
 * before. The direction is the two-loop recursion's, done on coefficients; the line search tries η · (1, ½, ¼, …), at first
 * divided by ‖g‖ where that is above 1, all at once on the device, and takes the first that satisfies Armijo's condition.
 * Where none does, parameters stay and the next step's search goes on with shorter ones. m 10 and c₁ 1e-4 are of Nocedal and
 * Wright, "Numerical Optimization". A step is one backward and `trials` + 1 forward passes, and six dispatches.
 * @throws UsageError that names the setting which is out of range; in `update`, where the loss is not given or the gradients are
 *   not its own any more
 */
export function lbfgs(options: LbfgsOptions = {}): Optimizer {
  const { learningRate = 1, history = 10, trials = 8, shrink = 0.5, sufficientDecrease = 1e-4 } = options;
  const name = "lbfgs";
  const within = (value: number, low: number, high: number) =>
    Number.isSafeInteger(value) && value >= low && value <= high;
  checkRate(name, learningRate);
  checkSetting(name, "history", history, within(history, 1, 31), "an integer from 1 to 31");
  checkSetting(name, "trials", trials, within(trials, 1, 64), "an integer from 1 to 64");
  checkSetting(name, "shrink", shrink, shrink > 0 && shrink < 1, "above 0 and below 1");
  const fraction = sufficientDecrease > 0 && sufficientDecrease < 1;
  checkSetting(name, "sufficientDecrease", sufficientDecrease, fraction, "above 0 and below 1");
  const slots = history + 1;
  const memory = rememberedOf((parameters) => new LbfgsMemory(parameters, slots));
  return {
    name,
    learningRate,
    wholeBatch: true,
    settings: { learningRate, history, trials, shrink, sufficientDecrease },
    states: (parameters) => memory(parameters).states,
    stepValues: stepValuesOf(name),
    update: (parameters, gradients, { transform, loss } = {}) => {
      if (!loss) throw refusal("the loss is not given", "pass it to update as `loss`");
      const packed = parameters.packCleanly(gradients);
      if (transform && !same(transform(packed), packed)) {
        throw refusal(
          "the gradients are changed before they are used, and would not be the loss's own",
          "put penalties into the loss, and leave clipping and noise out",
        );
      }
      const own = memory(parameters);
      const flat = stateTensor(parameters.state);
      const parts = lbfgsDots(
        packed,
        own.read("previousGradients"),
        own.read("history"),
        own.read("control"),
        {
          slots,
        },
      );
      const known = [
        sum(parts, { axes: 1 }),
        own.read("outcome"),
        own.read("gram"),
        own.read("control"),
      ] as const;
      const retreat = shrink ** trials;
      const [gram, control, coefficients] = three(lbfgsCoefficients(...known, { slots, curvature, retreat }));
      const search = { slots, count: trials, shrink };
      const kept = [own.read("previousGradients"), own.read("history")] as const;
      const [previousGradients, pairs, points] = three(
        lbfgsTrials(packed, flat, coefficients, ...kept, search),
      );
      const losses = lossesAt(points, trials, parameters, loss);
      const attributes = { ...search, sufficient: sufficientDecrease };
      const [value, newHistory, outcome] = three(
        lbfgsStep(
          points,
          losses,
          reshape(loss, []),
          coefficients,
          flat,
          pairs,
          own.read("outcome"),
          attributes,
        ),
      );
      return [
        { state: parameters.state, value },
        ...own.updates({ previousGradients, history: newHistory, gram, control, outcome }),
      ];
    },
  };
}

type Remembered = "previousGradients" | "history" | "gram" | "control" | "outcome";

/** What L-BFGS remembers of a model. The history has two vectors of the parameters' layout for each pair. */
class LbfgsMemory {
  readonly states: ReadonlyMap<Remembered, State>;

  constructor({ length }: ParameterSet, slots: number) {
    const lengths: readonly (readonly [Remembered, number])[] = [
      ["previousGradients", length],
      ["history", historyLength(slots, length)],
      ["gram", gramLength(slots)],
      ["control", controlLength],
      ["outcome", outcomeLength],
    ];
    this.states = new Map(
      lengths.map(([name, size]) => [
        name,
        new State(`lbfgs.${name}`, { shape: [size], dtype: "f32" }, new Float32Array(size)),
      ]),
    );
  }

  read(name: Remembered): Tensor {
    return stateTensor(this.#state(name));
  }

  updates(values: Readonly<Record<Remembered, Tensor>>): { state: State; value: Tensor }[] {
    return [...this.states].map(([name, state]) => ({ state, value: values[name] }));
  }

  #state(name: Remembered): State {
    const state = this.states.get(name);
    if (!state) throw new Error(`internal: lbfgs remembers no ${name}`);
    return state;
  }
}

/** The loss with the parameters taken from each trial point. */
function lossesAt(
  points: Tensor,
  trials: number,
  { parameters, length }: ParameterSet,
  loss: Tensor,
): Tensor[] {
  return Array.from({ length: trials }, (_, trial) => {
    const replacements = parameters.map(({ tensor, shape, offset }) => {
      const moved = part(points, { offset: trial * length + offset, shape });
      return [tensor, moved] as const;
    });
    return reshape(substitute(loss, replacements), []);
  });
}

/** @throws Error where an op gave fewer outputs than it has */
function three(outputs: readonly Tensor[]): readonly [Tensor, Tensor, Tensor] {
  const [first, second, third] = outputs;
  if (!first || !second || !third) throw new Error("internal: an op of three outputs gave fewer");
  return [first, second, third];
}

const refusal = (problem: string, hint: string): UsageError =>
  new UsageError({ where: "lbfgs", problem, hint });
