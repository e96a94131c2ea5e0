import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { gelu as geluOf } from "../ops/gelu.ts";
import { leakyRelu as leakyReluOf } from "../ops/leakyRelu.ts";
import { relu as reluOf } from "../ops/relu.ts";
import { sigmoid as sigmoidOf } from "../ops/sigmoid.ts";
import { silu as siluOf } from "../ops/silu.ts";
import { tanh as tanhOf } from "../ops/tanh.ts";
import type { Module } from "./module.ts";
import { statelessModule } from "./module.ts";

const identity = (x: Tensor): Tensor => x;

/** Activations that need no setting, by the name that recipes and the command line use. */
const functions = {
  relu: reluOf,
  leakyRelu: (x: Tensor) => leakyReluOf(x),
  sigmoid: sigmoidOf,
  tanh: tanhOf,
  gelu: geluOf,
  silu: siluOf,
  linear: identity,
} as const;

export type ActivationName = keyof typeof functions;

export const activationNames = Object.keys(functions) as readonly ActivationName[];

/** An activation by name. @throws UsageError where there is none of that name */
export function activation(name: string): Module {
  if (!isActivationName(name)) {
    const expected = activationNames.join(", ");
    throw new UsageError({ where: "activation", problem: "there is none of this name", got: name, expected });
  }
  return statelessModule(name, functions[name]);
}

const isActivationName = (name: string): name is ActivationName => Object.hasOwn(functions, name);

/** max(x, 0). */
export const relu = (): Module => activation("relu");

/** x where x > 0, else slope · x. */
export const leakyRelu = (slope = 0.01): Module => statelessModule("leakyRelu", (x) => leakyReluOf(x, slope));

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = (): Module => activation("sigmoid");

/** The hyperbolic tangent. */
export const tanh = (): Module => activation("tanh");

/** x · Φ(x), the exact form. */
export const gelu = (): Module => activation("gelu");

/** x / (1 + e⁻ˣ), also called swish. */
export const silu = (): Module => activation("silu");
