import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import type { Update } from "../../src/graph/graph.ts";
import type { State } from "../../src/graph/leaves.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import { relu, sigmoid } from "../../src/nn/activations.ts";
import { conv2d } from "../../src/nn/convolution.ts";
import { dense } from "../../src/nn/dense.ts";
import { flatten } from "../../src/nn/flatten.ts";
import { crossEntropy } from "../../src/nn/losses.ts";
import type { Model } from "../../src/nn/module.ts";
import { maxPool2d } from "../../src/nn/pooling.ts";
import { sequential } from "../../src/nn/sequential.ts";
import { sum } from "../../src/ops/sum.ts";
import { adam } from "../../src/optim/adam.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import type { LayerStatistics, StepStatistics } from "../../src/training/statistics/index.ts";
import { Watch } from "../../src/training/statistics/index.ts";
import { openTestDevice } from "../support/open.ts";

const batch = 6;
const shape = [6, 6, 1] as const;
const types = {
  x: { shape: [batch, ...shape], dtype: "f32" },
  y: { shape: [batch], dtype: "u32" },
} as const;
const random = new RandomStream(5);
const x = Float32Array.from({ length: batch * 36 }, () => random.normal());
const y = Uint32Array.from({ length: batch }, () => random.below(3));
const optimizer = adam({ learningRate: 0.02 });

const network = () =>
  sequential([
    conv2d({ filters: 4, kernel: 3, padding: "same" }),
    relu(),
    maxPool2d(2),
    flatten(),
    dense(5),
    sigmoid(),
    dense(3),
  ]);

interface Traced {
  readonly gradients: readonly Tensor[];
  readonly observed: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly updates: readonly Update[];
}

/** A watched step, and the tensors that its statistics are of. */
function trace(
  model: Model,
  watch: Watch,
  inputs: Readonly<Record<"x" | "y", Tensor>>,
): Traced & { all: Update[] } {
  const watched = watch.begin();
  const outputs: Tensor[] = [];
  const observe: typeof watched.observe = (seen) => {
    watched.observe(seen);
    if (seen.layer.activationRange !== undefined) outputs.push(seen.output);
  };
  const loss = crossEntropy()(model.forward(inputs.x, { training: true, observe }), inputs.y);
  const parameters = model.parameterSet;
  const both = gradient(loss, [...parameters.tensors, ...watched.inputs]);
  const gradients = both.slice(0, parameters.tensors.length);
  const observed = both.slice(gradients.length);
  const updates = optimizer.update(parameters, gradients, { loss });
  return {
    gradients,
    observed,
    outputs,
    updates,
    all: [...updates, ...watched.updates({ parameters, gradients, observed, updates })],
  };
}

const rows = (first: number, count: number) =>
  Array.from({ length: count }, (_, row) => ({
    ...firstStep,
    index: first + row,
    row,
    ...optimizer.stepValues(first + row + 1, optimizer.learningRate),
  }));

let engine: Engine;
beforeAll(async () => {
  engine = new Engine(await openTestDevice());
});
afterAll(() => engine.dispose());

async function run(model: Model, watch: Watch, submits: readonly number[]): Promise<StepStatistics[]> {
  const step = await engine.compile((inputs) => ({ updates: trace(model, watch, inputs).all }), types);
  step.upload({ x, y });
  const read: StepStatistics[] = [];
  let done = 0;
  for (const count of submits) {
    step.replay(rows(done, count));
    read.push(...(await watch.read(engine, done, count)));
    done += count;
  }
  step.dispose();
  return read;
}

const norm = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));

/** The same steps in f64 by the references, and the statistics plainly. */
function expectedStatistics(steps: number): Map<string, Partial<LayerStatistics>>[] {
  const model = network();
  const parameters = model.build(shape, { seed: 3 });
  const traced = trace(model, new Watch(), { x: inputTensor("x", types.x), y: inputTensor("y", types.y) });
  const states = new Map<State, TypedArray>();
  const inputs = new Map<string, TypedArray>([
    ["x", x],
    ["y", y],
  ]);
  const alive = new Set<string>();
  return rows(0, steps).map((step) => {
    const { gradients, observed, outputs, updates } = traced;
    const wanted = [...gradients, ...observed, ...outputs, ...updates.map(({ value }) => value)];
    const values = evaluateOnCpu(wanted, { states, inputs, step });
    const before = states.get(parameters.state) ?? parameters.state.initial;
    updates.forEach(({ state }, index) => {
      states.set(state, values[gradients.length + 2 * observed.length + index] ?? new Float64Array());
    });
    const after = states.get(parameters.state) ?? before;
    const found = new Map<string, Partial<LayerStatistics>>();
    parameters.parameters.forEach((parameter, index) => {
      const [old, now] = [parameter.slice(before), parameter.slice(after)];
      const updateRatio =
        norm(old) === 0 ? null : norm(old.map((value, at) => (now[at] ?? 0) - value)) / norm(old);
      found.set(parameter.name, {
        ...plain(values[index] ?? []),
        ...(updateRatio !== null && { updateRatio }),
      });
    });
    ["layer1.relu", "layer5.sigmoid"].forEach((name, index) => {
      const output = Array.from(values[gradients.length + observed.length + index] ?? []);
      const units = [4, 5][index] ?? 1;
      output.forEach((value, at) => {
        if (value !== 0) alive.add(`${name} ${at % units}`);
      });
      const living = [...alive].filter((unit) => unit.startsWith(name)).length;
      const ends = output.filter((value) => value <= 0.01 || value >= 0.99).length;
      found.set(name, {
        ...plain(values[gradients.length + index] ?? []),
        deadShare: (units - living) / units,
        saturation: index === 0 ? null : ends / output.length,
      });
    });
    return found;
  });
}

function plain(values: ArrayLike<number>): Partial<LayerStatistics> {
  const list = Array.from(values);
  const sizes = list.map(Math.abs);
  const total = (all: readonly number[]) => all.reduce((before, value) => before + value, 0);
  return {
    l1: total(sizes),
    l2: norm(list),
    max: Math.max(...sizes),
    mean: total(list) / list.length,
    meanMagnitude: total(sizes) / list.length,
    nonFinite: 0,
  };
}

describe("statistics of a small network", () => {
  it("are those of the references over several steps and submits, a ring's end between", async () => {
    const model = network();
    model.build(shape, { seed: 3 });
    const expected = expectedStatistics(4);
    const got = await run(model, new Watch({ every: 3 }), [1, 2, 1]);
    expect(got.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(got[0]?.layers.map(({ layer }) => layer)).toEqual([
      "layer0.conv2d.weights",
      "layer0.conv2d.bias",
      "layer1.relu",
      "layer4.dense.weights",
      "layer4.dense.bias",
      "layer5.sigmoid",
      "layer6.dense.weights",
      "layer6.dense.bias",
    ]);
    for (const { step, layers } of got) {
      for (const layer of layers) {
        for (const [field, value] of Object.entries(expected[step]?.get(layer.layer) ?? {})) {
          const own = layer[field as keyof LayerStatistics];
          const where = `${layer.layer} ${field} at step ${step}`;
          if (typeof value !== "number") expect(own, where).toBe(value);
          else
            expect(Math.abs(Number(own) - value), `${where}: ${own}, not ${value}`).toBeLessThan(
              1e-3 * Math.abs(value) + 1e-7,
            );
        }
      }
    }
  });

  it("are the same bits in two runs", async () => {
    const once = async () => {
      const model = network();
      model.build(shape, { seed: 3 });
      return run(model, new Watch(), [3]);
    };
    expect(await once()).toEqual(await once());
  });
});

describe("dead units", () => {
  it("are those that were zero for every example since the epoch began", async () => {
    const model = sequential([relu()]);
    model.build([4]);
    const watch = new Watch();
    const step = await engine.compile(
      ({ input }) => {
        const watched = watch.begin();
        const output = model.forward(input, { training: true, observe: watched.observe });
        const observed = gradient(sum(output), watched.inputs);
        return { updates: watched.updates({ observed }) };
      },
      { input: { shape: [2, 4], dtype: "f32" } },
    );
    const deadAfter = async (input: readonly number[], index: number) => {
      step.upload({ input: Float32Array.from(input) });
      step.replay([{ ...firstStep, index }]);
      const [row] = await watch.read(engine, index, 1);
      return row?.layers[0]?.deadShare;
    };
    expect(await deadAfter([1, -1, -1, 0, 1, -1, -1, 0], 0)).toBe(0.75);
    expect(await deadAfter([-1, -1, -1, 0, -1, -1, 3, 0], 1)).toBe(0.5);
    watch.startEpoch(engine);
    expect(await deadAfter([-1, -1, -1, 0, -1, -1, -1, 2], 2)).toBe(0.75);
    step.dispose();
  });
});

describe("watch", () => {
  it("takes any tensor, counts what is not finite, and keeps the finite statistics", async () => {
    const watch = new Watch();
    const step = await engine.compile(
      ({ input }) => {
        const watched = watch.begin();
        watched.watch(input, "input");
        return { updates: watched.updates({}) };
      },
      { input: { shape: [5], dtype: "f32" } },
    );
    step.upload({ input: Float32Array.of(3, Number.NaN, -4, Number.POSITIVE_INFINITY, 0) });
    step.replay([firstStep]);
    const [row] = await watch.read(engine, 0, 1);
    const [layer] = row?.layers ?? [];
    expect(layer).toMatchObject({ layer: "input", nonFinite: 2, max: 4, belowThousandth: Math.fround(0.2) });
    expect(layer?.l2).toBeCloseTo(5, 5);
    expect(layer?.l1).toBeCloseTo(7, 5);
    step.dispose();
  });

  it("refuses more steps than the ring holds, and two tensors of one name", async () => {
    const watch = new Watch({ every: 2 });
    const watched = watch.begin();
    const tensor = inputTensor("t", { shape: [3], dtype: "f32" });
    watched.watch(tensor, "t");
    expect(() => watched.watch(tensor, "t")).toThrow("two watched tensors have this name");
    watched.updates({});
    await expect(watch.read(engine, 0, 3)).rejects.toThrow("more steps are asked for than the ring holds");
    expect(() => new Watch({ every: 0 })).toThrow("wrong value");
  });
});
