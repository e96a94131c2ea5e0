import { unknownName } from "../device/nearest_names.ts";
import {
  arctan,
  celu,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  hardTanh,
  leakyRelu,
  linear,
  logSigmoid,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softsign,
  tanh,
} from "./activations.ts";
import type { Module } from "./module.ts";

/** Activations that need no setting and have a gradient, by the name that recipes and the command line use. */
const named = {
  relu,
  relu6,
  leakyRelu: () => leakyRelu(),
  elu: () => elu(),
  selu,
  celu: () => celu(),
  gelu: () => gelu(),
  silu,
  mish,
  hardSwish,
  sigmoid,
  hardSigmoid,
  logSigmoid,
  softplus: () => softplus(),
  tanh,
  hardTanh: () => hardTanh(),
  softsign,
  arctan,
  linear,
} as const satisfies Readonly<Record<string, () => Module>>;

export type ActivationName = keyof typeof named;

export const activationNames = Object.keys(named) as readonly ActivationName[];

/** An activation by name. @throws UsageError where there is none of that name, with the nearest */
export function activation(name: string): Module {
  if (!isActivationName(name)) throw unknownName("activation", name, activationNames);
  return named[name]();
}

const isActivationName = (name: string): name is ActivationName => Object.hasOwn(named, name);
