import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const optimizerMutations: readonly Mutation[] = [
  shaderMutation("term", "flagNonFinite/flag", ["any(counts & (", "any(("], ["flagNonFinite"]),
  shaderMutation("constant", "flagNonFinite/flag", ["0x7f800000u", "0x7fc00000u"], ["flagNonFinite"]),
  shaderMutation("term", "adam/adam", ["m * step.coefficient1", "m"], ["adam"]),
  shaderMutation(
    "order",
    "adam/adam",
    ["sqrt(v * step.coefficient2) + params.epsilon", "sqrt(v * step.coefficient2 + params.epsilon)"],
    ["adam"],
  ),
  shaderMutation("term", "adam/adam", ["params.take2 * g * g", "params.take2 * g"], ["adam"]),
  shaderMutation("sign", "adam/adam", ["+ params.weight_decay", "- params.weight_decay"], ["adam"]),
  shaderMutation(
    "term",
    "adamW/adamW",
    ["let g = gradients[index];", "let g = gradients[index] + params.weight_decay * scale.y * theta;"],
    ["adamW"],
  ),
  shaderMutation("term", "adamW/adamW", ["(decay + direction)", "direction"], ["adamW"]),
  shaderMutation(
    "constant",
    "adamW/adamW",
    ["params.beta2 * secondMoment", "params.beta1 * secondMoment"],
    ["adamW"],
  ),
  shaderMutation(
    "order",
    "momentum/momentum",
    ["params.momentum * v + g;", "params.momentum * velocity[index] + g;"],
    ["momentum"],
  ),
  shaderMutation(
    "order",
    "momentum/momentum",
    ["velocity[index] = v;", "velocity[index] = direction;"],
    ["momentum"],
  ),
  shaderMutation("sign", "sgd/sgd", ["theta - step.learning_rate", "theta + step.learning_rate"], ["sgd"]),
  shaderMutation("index", "sgd/sgd", ["segments[index / 16]", "segments[index / 32]"], ["sgd"]),
  shaderMutation(
    "term",
    "sgd/sgd",
    ["params.weight_decay * scale.y", "params.weight_decay * scale.x"],
    ["sgd"],
  ),
];
