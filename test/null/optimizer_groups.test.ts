import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/device/errors.ts";
import { nearestNames } from "../../src/device/nearest_names.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import * as nn from "../../src/nn/index.ts";
import type { Optimizer, ParameterGroup } from "../../src/optim/index.ts";
import * as optim from "../../src/optim/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const model = () => nn.sequential([nn.dense(3, { biasInitializer: nn.constant(1) }), nn.dense(2)]).build([2]);

/** What a step with gradients of 0.5 changes of each parameter's first element, and what that was. */
function moved(optimizer: Optimizer): Record<string, { by: number; from: number }> {
  const set = model();
  const gradients = set.parameters.map(({ length, shape }) =>
    constantTensor(new Float32Array(length).fill(0.5), { shape, dtype: "f32" }),
  );
  const values = { ...firstStep, ...optimizer.stepValues(1, optimizer.learningRate) };
  const updates = optimizer.update(set, gradients).map(({ value }) => value);
  const [flat = new Float64Array()] = evaluateOnCpu(updates, { step: values });
  return Object.fromEntries(
    set.parameters.map(({ name, offset }) => {
      const from = set.state.initial[offset] ?? Number.NaN;
      return [name, { by: (flat[offset] ?? Number.NaN) - from, from }];
    }),
  );
}

const sgd = (groups: readonly ParameterGroup[], weightDecay = 0) =>
  optim.sgd({ learningRate: 0.1, groups, weightDecay });

describe("parameter groups", () => {
  test.each<[string, ParameterGroup["parameters"]]>([
    ["a function", ({ kind, name }) => kind === "bias" && name.startsWith("layer0")],
    ["a pattern", /^layer0.*bias$/],
    ["a name", "layer0.dense.bias"],
    ["names", ["layer0.dense.bias"]],
  ])("have a learning rate of their own: %s", (_, parameters) => {
    const steps = moved(sgd([{ parameters, learningRate: 0.4 }]));
    expect(steps["layer0.dense.bias"]?.by).toBeCloseTo(-0.2, 6);
    expect(steps["layer0.dense.weights"]?.by).toBeCloseTo(-0.05, 6);
    expect(steps["layer1.dense.bias"]?.by).toBeCloseTo(-0.05, 6);
  });

  test("have a decay of their own, which a layer's name gives to its biases too", () => {
    const steps = moved(sgd([{ parameters: "layer0", weightDecay: 0.8 }], 0.2));
    const decayed = (name: string, decay: number) => {
      const { by, from } = steps[name] ?? { by: Number.NaN, from: Number.NaN };
      expect(by, name).toBeCloseTo(-0.1 * (0.5 + decay * from), 6);
    };
    decayed("layer0.dense.weights", 0.8);
    decayed("layer0.dense.bias", 0.8);
    decayed("layer1.dense.weights", 0.2);
    decayed("layer1.dense.bias", 0);
  });

  test("are part of the settings", () => {
    const { settings } = sgd([{ parameters: /bias$/, learningRate: 0.4 }]);
    expect(settings["groups"]).toBe("/bias$/: learningRate 0.4");
  });

  test.each<[RegExp, () => unknown]>([
    [
      /groups\[0\]\.parameters\).*no such parameter/,
      () => moved(sgd([{ parameters: /nowhere/, learningRate: 1 }])),
    ],
    [
      /did you mean layer0\.dense\.bias/,
      () => moved(sgd([{ parameters: "layer0.dense.bais", learningRate: 1 }])),
    ],
    [/groups\[0\].*changes nothing/, () => sgd([{ parameters: /./ }])],
    [/groups\[0\]\.learningRate/, () => sgd([{ parameters: /./, learningRate: -1 }])],
    [/groups\[0\]\.weightDecay/, () => sgd([{ parameters: /./, weightDecay: Number.NaN }])],
    [
      /groups\[1\]\.parameters\).*two groups/,
      () =>
        moved(
          sgd([
            { parameters: /bias/, learningRate: 1 },
            { parameters: /layer0/, learningRate: 1 },
          ]),
        ),
    ],
    [
      /groups\[0\]\.learningRate.*0/,
      () => optim.sgd({ learningRate: 0, groups: [{ parameters: /./, learningRate: 1 }] }),
    ],
  ])("are refused: %s", (message, act) => {
    expect(act).toThrow(UsageError);
    expect(act).toThrow(message);
  });

  test("a decay on nothing is refused, one by default is not", () => {
    const bare = nn.sequential([nn.layerNorm()]).build([4]);
    const gradients = bare.parameters.map(({ length, shape }) =>
      constantTensor(new Float32Array(length), { shape, dtype: "f32" }),
    );
    expect(() => optim.adam({ weightDecay: 0.1 }).update(bare, gradients)).toThrow(/adam\(weightDecay\)/);
    expect(optim.adamW().update(bare, gradients)).toHaveLength(3);
    expect(optim.adam({ weightDecay: 0.1, decayBiases: true }).update(bare, gradients)).toHaveLength(3);
  });
});

describe("settings out of range", () => {
  test.each<[RegExp, () => unknown]>([
    [/^amsgrad\(learningRate\)/, () => optim.amsgrad({ learningRate: -1 })],
    [/^nadam\(momentumDecay\)/, () => optim.nadam({ momentumDecay: -1 })],
    [/^radam\(beta1\)/, () => optim.radam({ beta1: 1 })],
    [/^adamax\(beta2\)/, () => optim.adamax({ beta2: -0.1 })],
    [/^adabelief\(epsilon\)/, () => optim.adabelief({ epsilon: 0 })],
    [/^adabound\(finalLearningRate\)/, () => optim.adabound({ finalLearningRate: 0 })],
    [/^adabound\(gamma\)/, () => optim.adabound({ gamma: Number.NaN })],
    [/^adabound\(learningRate\)/, () => optim.adabound({ learningRate: 0 })],
    [/^lion\(beta2\)/, () => optim.lion({ beta2: 1 })],
    [/^rmsprop\(smoothing\)/, () => optim.rmsprop({ smoothing: 1 })],
    [/^rmsprop\(momentum\)/, () => optim.rmsprop({ momentum: -1 })],
    [/^adagrad\(epsilon\)/, () => optim.adagrad({ epsilon: Number.POSITIVE_INFINITY })],
    [/^adadelta\(rho\)/, () => optim.adadelta({ rho: 1 })],
    [/^lamb\(groups\[0\]/, () => optim.lamb({ groups: [{ parameters: /./ }] })],
    [/^adam\(learningRate\)/, () => optim.adam().stepValues(1, Number.NaN)],
  ])("%s", (message, act) => {
    expect(act).toThrow(UsageError);
    expect(act).toThrow(message);
  });
});

describe("optimizers by name", () => {
  test.each(optim.optimizerNames)("%s has its rate, and takes another", (name) => {
    expect(optim.optimizerNamed(name).learningRate).toBe(optim.namedOptimizers[name].learningRate);
    expect(optim.optimizerNamed(name.toUpperCase(), { learningRate: 0.5 }).learningRate).toBe(0.5);
  });

  test("an unknown one lists the nearest", () => {
    expect(() => optim.optimizerNamed("adamm")).toThrow(/adamm.*did you mean adam/);
    expect(() => optim.optimizerNamed("rmsprob")).toThrow(/did you mean rmsprop/);
    expect(() => optim.optimizerNamed("sgd", { learningRate: -1 })).toThrow(/learningRate/);
    expect(nearestNames("lionn", optim.optimizerNames)[0]).toBe("lion");
    expect(nearestNames("zzzzzzzz", ["adam"])).toEqual([]);
  });
});
