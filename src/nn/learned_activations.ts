/** Activations with parameters. */
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { prelu as preluOf } from "../ops/prelu.ts";
import { swish as swishOf } from "../ops/swish.ts";
import { constant } from "./initializers.ts";
import type { Module } from "./module.ts";
import { Layer } from "./module.ts";
import type { Parameter, Scope } from "./parameters.ts";

export interface LearnedOptions {
  /** What the parameter starts from. */
  readonly initial?: number;
  /** One parameter in all; by default one a channel, which is the last axis. */
  readonly shared?: boolean;
}

type Apply = (x: Tensor, parameter: Tensor) => Tensor;

/** An activation of x and one parameter, a number or a vector over the last axis. */
class Learned extends Layer<Parameter> {
  readonly name: string;
  readonly activationRange = null;
  readonly #role: string;
  readonly #apply: Apply;
  readonly #options: Required<LearnedOptions>;

  constructor(name: string, role: string, apply: Apply, options: Required<LearnedOptions>) {
    super();
    this.name = name;
    this.#role = role;
    this.#apply = apply;
    this.#options = options;
  }

  parameters(): Tensor[] {
    return [this.built.tensor];
  }

  protected create(inputShape: Shape, scope: Scope): [Shape, Parameter] {
    const { shared, initial } = this.#options;
    const shape = shared ? [1] : [inputShape.at(-1) ?? 1];
    // A bias to optimizers: weight decay would pull it to 0, which He and others warn of.
    return [inputShape, scope.child(this.name).parameter(this.#role, shape, "bias", constant(initial))];
  }

  protected apply(x: Tensor, parameter: Parameter): Tensor {
    return this.#apply(x, parameter.tensor);
  }
}

/**
 * x where x > 0, else slope · x, where the slopes are learned: `slope` [channels], 0.25 at first. He and others, "Delving
 * deep into rectifiers", ICCV 2015. Not decayed, as there.
 */
export function prelu({ initial = 0.25, shared = false }: LearnedOptions = {}): Module {
  return new Learned("prelu", "slope", preluOf, { initial, shared });
}

/**
 * x / (1 + e^(−β·x)) where β is learned: `beta` [channels], 1 at first. Ramachandran, Zoph and Le, "Searching for activation
 * functions", 2017. Not decayed. With β = 1 throughout it is `silu`.
 */
export function swish({ initial = 1, shared = false }: LearnedOptions = {}): Module {
  return new Learned("swish", "beta", swishOf, { initial, shared });
}
