import type { Update } from "../graph/graph.ts";
import type { State } from "../graph/leaves.ts";
import { stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { firstStep } from "../kernels/step.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import { exchange } from "../ops/exchange.ts";
import { movingAverage } from "../ops/movingAverage.ts";
import type { Engine } from "../plan/engine.ts";
import type { Settings } from "./gradient_transform.ts";
import { rememberedOf } from "./memory.ts";
import { checkSetting } from "./optimizer.ts";

export interface WeightAverageOptions {
  /** How much of the average stays from step to step; 0.999 by default. */
  readonly decay?: number;
  /** At most (1 + t) / (10 + t) of it stays after t steps, so that the first weights are soon forgotten; false by default. */
  readonly warmUp?: boolean;
}

/** Keeps an average of a model's parameters beside them. */
export interface WeightAverage {
  readonly name: string;
  readonly settings: Settings;
  /** The average, of the flat parameters' layout; at first what they are. Always the same for one model. */
  state(parameters: ParameterSet): State;
  /**
   * The average's part of a training step: one dispatch.
   * @param values the new parameters, as the optimizer's update has them
   */
  update(parameters: ParameterSet, values: Tensor): Update;
  /**
   * Parameters and average change places on the device, so that the model evaluates, predicts and is saved with the average;
   * a second call puts them back. Nothing may train in between.
   */
  swap(engine: Engine, parameters: ParameterSet): Promise<void>;
}

/**
 * Exponential moving average of the weights: a ← d · a + (1 − d) · θ after each step (Polyak and Juditsky 1992 average evenly; in this
 * form Szegedy et al. 2016 and TensorFlow's ExponentialMovingAverage, whose warm-up is min(d, (1 + t) / (10 + t))).
 * @throws UsageError where the decay is not at least 0 and below 1
 */
export function weightAverage(options: WeightAverageOptions = {}): WeightAverage {
  const { decay = 0.999, warmUp = false } = options;
  checkSetting("weightAverage", "decay", decay, decay >= 0 && decay < 1, "at least 0 and below 1");
  const state = rememberedOf((parameters) => parameters.copy("weightAverage"));
  return {
    name: "weightAverage",
    settings: { decay, warmUp },
    state,
    update: (parameters, values) => {
      const average = state(parameters);
      return { state: average, value: movingAverage(values, stateTensor(average), { decay, warmUp }) };
    },
    swap: async (engine, parameters) => {
      const pair = [parameters.state, state(parameters)] as const;
      const step = await engine.compile<never>(() => {
        const swapped = exchange(stateTensor(pair[0]), stateTensor(pair[1]));
        return { updates: swapped.map((value, index) => ({ state: pair[index === 0 ? 0 : 1], value })) };
      }, {});
      try {
        step.replay([firstStep]);
      } finally {
        step.dispose();
      }
    },
  };
}
