import { UsageError } from "../device/errors.ts";
import type { State } from "../graph/leaves.ts";
import { stateTensor } from "../graph/leaves.ts";
import { lookahead as lookaheadOf } from "../ops/lookahead.ts";
import { rememberedOf } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkSetting } from "./optimizer.ts";

export interface LookaheadOptions {
  /** k: steps of the inner optimizer to one of the slow weights; 5 by default. */
  readonly steps?: number;
  /** α: how far the slow weights then go towards the fast ones; 0.5 by default. */
  readonly slowStep?: number;
}

/**
 * Lookahead: Zhang, Lucas, Hinton and Ba, NeurIPS 2019, Algorithm 1, with its k = 5 and α = 0.5. The inner optimizer moves the
 * parameters as ever; after each k-th step the slow weights follow, φ ← φ + α · (θ − φ), and θ ← φ. What the inner
 * optimizer remembers stays ("maintained", the paper's choice). Costs a dispatch a step.
 * @throws UsageError where k is no positive integer, α not above 0 and at most 1, or the inner optimizer is L-BFGS
 */
export function lookahead(inner: Optimizer, options: LookaheadOptions = {}): Optimizer {
  const { steps = 5, slowStep = 0.5 } = options;
  const whole = Number.isSafeInteger(steps) && steps >= 1 && steps < 2 ** 32;
  checkSetting("lookahead", "steps", steps, whole, "an integer of at least 1");
  checkSetting("lookahead", "slowStep", slowStep, slowStep > 0 && slowStep <= 1, "above 0 and at most 1");
  const name = `lookahead(${inner.name})`;
  if (inner.wholeBatch) {
    const problem = "it remembers the steps that it takes, and slow weights would change them";
    throw new UsageError({ where: name, problem, hint: "take another inner optimizer" });
  }
  const slowWeights = rememberedOf((parameters) => parameters.copy(`${name}.slowWeights`));
  const states = rememberedOf(
    (parameters): ReadonlyMap<string, State> =>
      new Map([...inner.states(parameters), ["slowWeights", slowWeights(parameters)]]),
  );
  return {
    name,
    learningRate: inner.learningRate,
    settings: { ...inner.settings, inner: inner.name, steps, slowStep },
    states,
    stepValues: inner.stepValues,
    update: (parameters, gradients, context) => {
      const slow = slowWeights(parameters);
      return inner.update(parameters, gradients, context).flatMap(({ state, value }) => {
        if (state !== parameters.state) return [{ state, value }];
        const [fast, moved] = lookaheadOf(value, stateTensor(slow), { steps, slowStep });
        if (!fast || !moved) throw new Error("internal: lookahead has two outputs");
        return [
          { state, value: fast },
          { state: slow, value: moved },
        ];
      });
    },
  };
}
