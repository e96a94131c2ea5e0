import type { State } from "../graph/leaves.ts";
import { stateTensor } from "../graph/leaves.ts";
import { substitute } from "../graph/substitute.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Model } from "../nn/module.ts";
import { inference } from "../nn/module.ts";
import type { WeightAverage } from "../optim/weight_average.ts";

/** A model as it is used once it is trained: dropout off, and by the average of its weights where one is kept. */
export class TrainedModel {
  readonly model: Model;
  readonly #average: WeightAverage | undefined;

  constructor(model: Model, average?: WeightAverage) {
    this.model = model;
    this.#average = average;
  }

  /** x: [batch, ...the model's input shape] → [batch, ...its output shape]. */
  forward(x: Tensor): Tensor {
    const prediction = this.model.forward(x, inference);
    const { weights } = this;
    const { parameters, state } = this.model.parameterSet;
    if (weights === state) return prediction;
    const averaged = parameters.map(
      ({ tensor, shape, offset, name }) => [tensor, stateTensor(weights, shape, offset, name)] as const,
    );
    return substitute(prediction, averaged);
  }

  /** The flat parameters that it goes by. */
  get weights(): State {
    const { parameterSet } = this.model;
    return this.#average?.state(parameterSet) ?? parameterSet.state;
  }
}
