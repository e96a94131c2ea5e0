/** What is loaded for a graph does to it what all passes do: none that would change it is left out. */
import { expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import * as ops from "../../src/functions.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { formatGraph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { traceStep } from "../../src/plan/engine.ts";
import { allPasses } from "../../src/plan/passes/index.ts";
import { neededPasses } from "../../src/plan/passes/needed.ts";
import { runGiven } from "../../src/plan/passes/run.ts";
import { trainingSteps } from "../support/training_steps.ts";

/** Functions of a long line, which passes do in parts. */
const functions: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  sum: ops.sum,
  mean: ops.mean,
  max: ops.max,
  min: ops.min,
  product: ops.product,
  norm: ops.norm,
  logSumExp: ops.logSumExp,
  variance: ops.variance,
  standardDeviation: ops.standardDeviation,
  argmax: ops.argmax,
  argmin: ops.argmin,
  cumsum: ops.cumsum,
  cumprod: ops.cumprod,
  softmax: ops.softmax,
  logSoftmax: ops.logSoftmax,
  "product of few results": (x) => ops.matmul(ops.reshape(x, [1, -1]), ops.reshape(x, [-1, 1])),
};

const notDifferentiable = new Set(["argmax", "argmin"]);

const graphs: [name: string, trace: () => Graph][] = [
  ...trainingSteps.map(({ name, trace }): [string, () => Graph] => [name, trace]),
  ...Object.entries(functions).flatMap(([name, apply]): [string, () => Graph][] => [
    [name, () => traceStep(({ x }) => ({ y: apply(x) }), { x: { shape: [50_021], dtype: "f32" } })],
    [
      `the gradient of ${name}`,
      () =>
        traceStep(({ x }) => ({ dx: gradient(ops.sum(ops.square(apply(x))), [x])[0] }), {
          x: { shape: [50_021], dtype: "f32" },
        }),
    ],
  ]),
];

it.each(
  graphs.filter(
    ([name]) => !notDifferentiable.has(name.replace("the gradient of ", "")) || !name.startsWith("the"),
  ),
)("%s", async (_, trace) => {
  const graph = trace();
  const needed = await neededPasses(graph);
  expect(formatGraph(runGiven(needed, graph))).toBe(formatGraph(runGiven(allPasses, graph)));
  expect(needed.length).toBeLessThan(allPasses.length);
});
