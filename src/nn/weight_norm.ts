import { UsageError } from "../device/errors.ts";
import type { Shape } from "../kernels/types.ts";
import { weightNorm as weightNormOf } from "../ops/weightNorm.ts";
import type { Initializer } from "./initializers.ts";
import type { Module } from "./module.ts";
import type { Scope, Weight } from "./parameters.ts";

/**
 * Makes a layer learn the length and the direction of its weights apart: weights = magnitude · direction / ‖direction‖, for
 * each unit or filter. It starts with the weights that the layer would have had. Salimans and Kingma 2016.
 * @param layer one with weights, such as `dense` or `conv2d`
 */
export function weightNorm(layer: Module): Module {
  let found = false;
  const normalised = (scope: Scope, name: string, shape: Shape, initializer: Initializer): Weight => {
    found = true;
    return split(scope.child(name), shape, initializer);
  };
  return {
    name: layer.name,
    setUp: (inputShape, scope) => {
      const outputShape = layer.setUp(inputShape, scope.withWeights(normalised));
      if (found) return outputShape;
      const where = scope.label(`weightNorm(${layer.name})`);
      throw new UsageError({
        where,
        problem: "the layer has no weights",
        hint: "put it around dense or conv2d",
      });
    },
    forward: (x, context) => layer.forward(x, context),
    parameters: () => layer.parameters(),
  };
}

function split(scope: Scope, shape: Shape, initializer: Initializer): Weight {
  const units = shape.at(-1) ?? 1;
  let lengths = new Float64Array(units);
  const direction = scope.parameter("direction", shape, "weight", (values, own, stream) => {
    initializer(values, own, stream);
    lengths = lengthsOf(values, units);
  });
  // Initial values are drawn in the order of declaration.
  const magnitude = scope.parameter("magnitude", [units], "scale", (values) => void values.set(lengths));
  return {
    get tensor() {
      return weightNormOf(direction.tensor, magnitude.tensor);
    },
    get parameters() {
      return [direction.tensor, magnitude.tensor];
    },
  };
}

function lengthsOf(values: Float32Array, units: number): Float64Array<ArrayBuffer> {
  const squares = new Float64Array(units);
  values.forEach((value, index) => {
    squares[index % units] = (squares[index % units] ?? 0) + value * value;
  });
  return squares.map(Math.sqrt);
}
