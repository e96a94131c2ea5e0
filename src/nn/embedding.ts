import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { embedding as lookUp } from "../ops/gather.ts";
import type { Initializer } from "./initializers.ts";
import { normal } from "./initializers.ts";
import type { Module } from "./module.ts";
import { Layer } from "./module.ts";
import type { Parameter, Scope } from "./parameters.ts";

export interface EmbeddingOptions {
  /** Of the table; `normal(0, 1)` by default, as in PyTorch. */
  readonly initializer?: Initializer;
}

class Embedding extends Layer<Parameter> {
  readonly name = "embedding";
  readonly #count: number;
  readonly #dimension: number;
  readonly #options: EmbeddingOptions;

  constructor(count: number, dimension: number, options: EmbeddingOptions) {
    super();
    this.#count = count;
    this.#dimension = dimension;
    this.#options = options;
  }

  parameters(): Tensor[] {
    return [this.built.tensor];
  }

  protected create(inputShape: Shape, scope: Scope): [Shape, Parameter] {
    const { initializer = normal(0, 1) } = this.#options;
    const table: Shape = [this.#count, this.#dimension];
    const weights = scope.child(this.name).parameter("weights", table, "weight", initializer);
    return [[...inputShape, this.#dimension], weights];
  }

  protected apply(x: Tensor, weights: Parameter): Tensor {
    return lookUp(x, weights.tensor);
  }
}

/**
 * A trained vector for each of `count` indices: u32 [batch, …] → f32 [batch, …, dimension], weights [count, dimension].
 * The gradient adds up, deterministically, the rows of equal indices. An index that is none gives NaN.
 * @throws UsageError where the count or the dimension is no positive integer
 */
export function embedding(count: number, dimension: number, options: EmbeddingOptions = {}): Module {
  const wrong = [count, dimension].find((size) => !Number.isInteger(size) || size < 1);
  if (wrong !== undefined) {
    const expected = "a positive integer";
    throw new UsageError({ where: "embedding", problem: "wrong size", got: String(wrong), expected });
  }
  return new Embedding(count, dimension, options);
}
