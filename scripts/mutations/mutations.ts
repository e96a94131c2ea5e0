import { mulOp } from "../../src/ops/mul.ts";
import { neg } from "../../src/ops/neg.ts";
import type { Mutation } from "./mutation.ts";
import { gradientMutation, shaderMutation } from "./mutation.ts";

export const mutations: readonly Mutation[] = [
  shaderMutation("sign", "elementwise/sub", ["a - b", "b - a"], ["sub"]),
  gradientMutation(mulOp, "the gradient of b has the wrong sign", ([da = null, db = null]) => [
    da,
    db && neg(db),
  ]),
];
