import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import type { ForwardContext, Module } from "./module.ts";
import { applyLayer, inference, Model } from "./module.ts";
import type { Scope } from "./parameters.ts";

/** Modules one after the other. */
export class Sequential extends Model {
  readonly name = "sequential";
  readonly layers: readonly Module[];
  #path = "";

  constructor(layers: readonly Module[]) {
    super();
    this.layers = layers;
  }

  setUp(inputShape: Shape, scope: Scope): Shape {
    this.#path = scope.path;
    return this.layers.reduce(
      (shape, layer, index) => layer.setUp(shape, scope.child(`layer${index}`)),
      inputShape,
    );
  }

  forward(x: Tensor, context: ForwardContext = inference): Tensor {
    const above = this.#path ? `${this.#path}.` : "";
    return this.layers.reduce(
      (value, layer, index) => applyLayer(layer, `${above}layer${index}.${layer.name}`, value, context),
      x,
    );
  }

  parameters(): Tensor[] {
    // A layer that stands twice shares its parameters.
    return [...new Set(this.layers.flatMap((layer) => layer.parameters()))];
  }
}

/** A model of layers one after the other; layers are numbered from 0: `layer0.dense.weights`. */
export function sequential(layers: readonly Module[]): Sequential {
  if (layers.length === 0) throw new UsageError({ where: "sequential", problem: "there are no layers" });
  return new Sequential(layers);
}
