/** Activations ride on products and convolutions, and their gradients are one dispatch. */
import { describe, expect, it } from "vitest";
import { vectorJacobianProduct } from "../../src/autograd/gradient.ts";
import * as functions from "../../src/functions.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { TensorType } from "../../src/kernels/types.ts";
import { traceStep } from "../../src/plan/engine.ts";
import { planGraph } from "../../src/plan/plan_graph.ts";
import { everyTrait } from "../support/traits.ts";

/** Names of the ops that a program of these inputs dispatches. */
const dispatched = <Name extends string>(
  build: (inputs: Readonly<Record<Name, Tensor>>) => Tensor,
  types: Readonly<Record<Name, TensorType>>,
): string[] =>
  planGraph(
    traceStep((inputs: Readonly<Record<Name, Tensor>>) => ({ y: build(inputs) }), types),
    everyTrait,
  ).dispatches.map(({ op }) => op.name);

const f32 = (...shape: number[]) => ({ shape, dtype: "f32" as const });

const { abs, add, conv2d, greater, matmul, minimum, pow, prelu, sin, swish, where } = functions;

const activations: readonly (readonly [name: string, apply: (x: Tensor) => Tensor])[] = [
  ["arctan", functions.arctan],
  ["celu", (x) => functions.celu(x, 0.5)],
  ["clamp", (x) => functions.clamp(x, { min: -1 })],
  ["elu", (x) => functions.elu(x, 0.5)],
  ["gelu", (x) => functions.gelu(x)],
  ["gelu by tanh", (x) => functions.gelu(x, { approximate: "tanh" })],
  ["hardSigmoid", functions.hardSigmoid],
  ["hardSwish", functions.hardSwish],
  ["hardTanh", (x) => functions.hardTanh(x, -2, 0.5)],
  ["leakyRelu", (x) => functions.leakyRelu(x, 0.2)],
  ["logSigmoid", functions.logSigmoid],
  ["mish", functions.mish],
  ["relu6", functions.relu6],
  ["selu", functions.selu],
  ["sigmoid", functions.sigmoid],
  ["silu", functions.silu],
  ["softplus", (x) => functions.softplus(x, 2)],
  ["softsign", functions.softsign],
  ["tanh", functions.tanh],
];

const dense = { x: f32(32, 24), w: f32(24, 16), b: f32(16) };
const image = { x: f32(2, 8, 8, 3), w: f32(3, 3, 3, 4) };
const pair = { x: f32(32, 16), dy: f32(32, 16) };

describe.each(activations)("%s", (_, apply) => {
  it("is done by the product's kernel", () => {
    const names = dispatched(({ x, w, b }) => apply(add(matmul(x, w), b)), dense);
    expect(names).toEqual(["matmul"]);
  });

  it("adds no dispatch to a convolution", () => {
    const alone = dispatched(({ x, w }) => conv2d(x, w), image);
    expect(dispatched(({ x, w }) => apply(conv2d(x, w)), image)).toEqual(alone);
  });

  it("has a gradient of one dispatch", () => {
    const names = dispatched(({ x, dy }) => gradientOf(apply(x), dy, x), pair);
    expect(names).toEqual(["elementwise"]);
  });
});

function gradientOf(y: Tensor, dy: Tensor, x: Tensor): Tensor {
  const [dx] = vectorJacobianProduct(y, dy, [x]);
  if (!dx) throw new Error("no gradient");
  return dx;
}

it("learned activations ride on products, their vectors as a bias does", () => {
  expect(dispatched(({ x, w, b }) => prelu(matmul(x, w), b), dense)).toEqual(["matmul"]);
  expect(dispatched(({ x, w, b }) => swish(matmul(x, w), b), dense)).toEqual(["matmul"]);
});

it("comparisons, choices and bounds fuse with each other", () => {
  const names = dispatched(({ x, dy }) => where(greater(x, dy), minimum(x, abs(dy)), sin(pow(dy, x))), pair);
  expect(names).toEqual(["elementwise"]);
});
