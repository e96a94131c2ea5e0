import { describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { mlpCase, networkStep } from "../../src/benchmarks/step_rows.ts";
import type { AdapterTraits } from "../../src/device/traits.ts";
import type { Graph } from "../../src/graph/graph.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import { traceStep } from "../../src/plan/engine.ts";
import { planGraph } from "../../src/plan/plan_graph.ts";
import { trainingSteps } from "../support/training_steps.ts";
import { everyTrait, softwareTraits } from "../support/traits.ts";

const adapters = [
  { adapter: "a software adapter", traits: softwareTraits },
  { adapter: "a GPU", traits: everyTrait },
] as const;

/** Dispatches of a step, untuned. A pass more or less shows here, and in docs/performance.md. */
const dispatchesOf: Readonly<Record<string, number>> = {
  "mnist-cnn": 32,
  "mnist-mlp": 14,
  "step/mlp-sgd": 18,
  "step/mlp-adam": 18,
  "step/mlp12": 26,
  "step/cnn": 33,
  "step/tiny": 26,
};

/** Names of the ops that a program dispatches, in order. */
const dispatched = (graph: Graph, traits: AdapterTraits): string[] =>
  planGraph(graph, traits).dispatches.map(({ op }) => op.name);

const f32 = (...shape: number[]) => ({ shape, dtype: "f32" as const });

const optimizers = new Set(["sgd", "momentum", "adam", "adamW"]);

it("every training step is in the table", () => {
  expect(trainingSteps.map(({ name }) => name)).toEqual(Object.keys(dispatchesOf));
});

describe.each(adapters)("on $adapter", ({ traits }) => {
  it.each(trainingSteps)("$name makes as many dispatches as the table says", ({ name, trace }) => {
    expect(dispatched(trace(), traits)).toHaveLength(dispatchesOf[name] ?? 0);
  });

  it.each(trainingSteps)("$name updates all its parameters in one", ({ trace }) => {
    expect(dispatched(trace(), traits).filter((op) => optimizers.has(op))).toHaveLength(1);
  });

  it.each(["mnist-cnn", "mnist-mlp"])("%s makes its batch in one, and records in one", (recipe) => {
    const step = trainingSteps.find(({ name }) => name === recipe);
    const ops = step ? dispatched(step.trace(), traits) : [];
    expect(ops.filter((op) => op === "sampleBatch" || op === "record")).toEqual(["sampleBatch", "record"]);
    expect(ops[0]).toBe("sampleBatch");
  });

  it.each([
    ["as it is", []],
    ["with relu", [nn.relu()]],
  ])("a dense layer %s is one forward", (_, activation) => {
    const model = nn.sequential([nn.dense(128), ...activation]);
    model.build([784]);
    const graph = traceStep(({ x }) => ({ y: model.forward(x) }), { x: f32(100, 784) });
    expect(dispatched(graph, traits)).toEqual(["matmul"]);
  });

  it("a dense layer with relu is three backward: weights, bias, and what goes on", () => {
    const stepOf = (hidden: readonly number[]): string[] => {
      const { build, inputs } = networkStep(mlpCase("mlp", [...hidden, 10], 100, "adam"));
      return dispatched(traceStep(build, inputs), traits);
    };
    const [shallow, deep] = [stepOf([96]), stepOf([96, 96])];
    const count = (ops: readonly string[], name: string) => ops.filter((op) => op === name).length;
    expect(deep.length - shallow.length).toBe(1 + 3);
    expect(count(deep, "matmul") - count(shallow, "matmul")).toBe(1 + 2);
    expect(count(deep, "sum") - count(shallow, "sum")).toBe(1);
  });

  it("softmax cross-entropy is two, with its mean and its gradient", () => {
    const graph = traceStep(
      ({ logits, labels }) => {
        const loss = losses.crossEntropy()(logits, labels);
        const [byLogits] = gradient(loss, [logits]);
        return { loss, byLogits };
      },
      { logits: f32(128, 10), labels: { shape: [128], dtype: "u32" } },
    );
    expect(dispatched(graph, traits)).toEqual(["softmaxCrossEntropyWithGradient", "sum"]);
  });
});
