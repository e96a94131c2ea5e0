import { ShapeError, UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape } from "../kernels/types.ts";
import { add } from "../ops/add.ts";
import { castLike } from "../ops/cast.ts";
import { matmul } from "../ops/matmul.ts";
import type { Initializer } from "./initializers.ts";
import { heNormal, zeros } from "./initializers.ts";
import type { Module } from "./module.ts";
import { Layer } from "./module.ts";
import type { Parameter, Scope, Weight } from "./parameters.ts";

export interface DenseOptions {
  /** True by default. */
  readonly bias?: boolean;
  /** Of the weights; `heNormal()` by default, whatever follows. */
  readonly initializer?: Initializer;
  /** `zeros()` by default. */
  readonly biasInitializer?: Initializer;
}

interface Weights {
  readonly weights: Weight;
  readonly bias: Parameter | undefined;
}

class Dense extends Layer<Weights> {
  readonly name = "dense";
  readonly #units: number;
  readonly #options: DenseOptions;

  constructor(units: number, options: DenseOptions) {
    super();
    this.#units = units;
    this.#options = options;
  }

  parameters(): Tensor[] {
    const { weights, bias } = this.built;
    return [...weights.parameters, ...(bias ? [bias.tensor] : [])];
  }

  protected create(inputShape: Shape, scope: Scope, where: string): [Shape, Weights] {
    const [inputs] = inputShape;
    if (inputShape.length !== 1 || !inputs) {
      throw new ShapeError({
        where,
        problem: "it takes one axis of features",
        got: formatShape(inputShape),
        expected: "[features]",
        hint: "put flatten() before it",
      });
    }
    const { bias = true, initializer = heNormal(), biasInitializer = zeros() } = this.#options;
    const own = scope.child(this.name);
    const built = {
      weights: own.weight("weights", [inputs, this.#units], initializer),
      bias: bias ? own.parameter("bias", [this.#units], "bias", biasInitializer) : undefined,
    };
    return [[this.#units], built];
  }

  protected apply(x: Tensor, { weights, bias }: Weights): Tensor {
    const product = matmul(x, castLike(weights.tensor, x));
    return bias ? add(product, castLike(bias.tensor, x)) : product;
  }
}

/**
 * x · weights + bias: [batch, features] → [batch, units], weights [features, units]. Where x is f16 so is the result, and
 * the parameters, which stay f32, are cast.
 */
export function dense(units: number, options: DenseOptions = {}): Module {
  if (!Number.isInteger(units) || units < 1) {
    const expected = "a positive integer";
    throw new UsageError({ where: "dense", problem: "wrong number of units", got: String(units), expected });
  }
  return new Dense(units, options);
}
