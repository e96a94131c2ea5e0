import { describe, expect, test } from "vitest";
import { ShapeError, UsageError } from "../../src/device/errors.ts";
import type { State } from "../../src/graph/leaves.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
import type { ParameterSet } from "../../src/nn/parameters.ts";
import type { Optimizer } from "../../src/optim/index.ts";
import { adam, adamW, sgd } from "../../src/optim/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const model = (): ParameterSet =>
  nn.sequential([nn.dense(9, { biasInitializer: nn.constant(0.3) })]).build([11]);

/** Gradients that change from step to step, one array for each parameter. */
const gradientsAt = (set: ParameterSet, step: number): Float32Array[] =>
  set.parameters.map(({ length }, index) =>
    new RandomStream(step, index).fillNormal(new Float32Array(length)),
  );

/** Runs the optimizer's update on the CPU, state and all. */
function train(optimizer: Optimizer, set: ParameterSet, steps: number): TypedArray[] {
  const states = new Map<State, TypedArray>();
  for (let step = 1; step <= steps; step++) {
    const tensors = gradientsAt(set, step).map((values, index) =>
      constantTensor(values, { shape: set.parameters[index]?.shape ?? [], dtype: "f32" }),
    );
    const updates = optimizer.update(set, tensors);
    const values = { ...firstStep, ...optimizer.stepValues(step, optimizer.learningRate) };
    const results = evaluateOnCpu(
      updates.map(({ value }) => value),
      { states, step: values },
    );
    updates.forEach(({ state }, index) => {
      states.set(state, results[index] ?? new Float32Array());
    });
  }
  const flat = states.get(set.state) ?? new Float32Array();
  return set.parameters.map((parameter) => parameter.slice(flat));
}

/** One number's way, as the papers write it. */
type Rule = (theta: number, gradient: number, memory: number[], step: number, decay: number) => number;

function expected(
  set: ParameterSet,
  rule: Rule,
  steps: number,
  decays: Record<"weight" | "bias", number>,
): number[][] {
  return set.parameters.map((parameter, index) => {
    const memory = Array.from({ length: parameter.length }, () => [0, 0]);
    const values = [...parameter.slice(set.state.initial)];
    for (let step = 1; step <= steps; step++) {
      const gradient = gradientsAt(set, step)[index] ?? new Float32Array();
      values.forEach((value, at) => {
        values[at] = rule(
          value,
          gradient[at] ?? 0,
          memory[at] ?? [],
          step,
          decays[parameter.kind === "weight" ? "weight" : "bias"],
        );
      });
    }
    return values;
  });
}

const momentumRule =
  (gain: number, nesterov: boolean): Rule =>
  (theta, gradient, memory, _, decay) => {
    const g = gain * (gradient + decay * theta);
    memory[0] = 0.9 * (memory[0] ?? 0) + g;
    return theta - 0.1 * (nesterov ? 0.9 * memory[0] + g : memory[0]);
  };

const adamRule =
  (decoupled: boolean): Rule =>
  (theta, gradient, memory, step, decay) => {
    const g = decoupled ? gradient : gradient + decay * theta;
    memory[0] = 0.9 * (memory[0] ?? 0) + 0.1 * g;
    memory[1] = 0.999 * (memory[1] ?? 0) + 0.001 * g * g;
    const direction = memory[0] / (1 - 0.9 ** step) / (Math.sqrt(memory[1] / (1 - 0.999 ** step)) + 1e-8);
    return theta - 0.01 * direction - (decoupled ? 0.01 * decay * theta : 0);
  };

const plain: Rule = (theta, gradient, _, __, decay) => theta - 0.1 * (gradient + decay * theta);

const cases: [string, Optimizer, Rule, { weight: number; bias: number }][] = [
  ["sgd", sgd({ learningRate: 0.1 }), plain, { weight: 0, bias: 0 }],
  ["sgd, weight decay", sgd({ learningRate: 0.1, weightDecay: 0.2 }), plain, { weight: 0.2, bias: 0 }],
  [
    "sgd, all decayed",
    sgd({ learningRate: 0.1, weightDecay: 0.2, decayBiases: true }),
    plain,
    { weight: 0.2, bias: 0.2 },
  ],
  ["momentum", sgd({ learningRate: 0.1, momentum: 0.9 }), momentumRule(1, false), { weight: 0, bias: 0 }],
  [
    "momentum, averaged",
    sgd({ learningRate: 0.1, momentum: 0.9, form: "average" }),
    momentumRule(0.1, false),
    { weight: 0, bias: 0 },
  ],
  [
    "Nesterov, weight decay",
    sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.1 }),
    momentumRule(1, true),
    { weight: 0.1, bias: 0 },
  ],
  ["adam", adam({ learningRate: 0.01 }), adamRule(false), { weight: 0, bias: 0 }],
  [
    "adam, weight decay",
    adam({ learningRate: 0.01, weightDecay: 0.1 }),
    adamRule(false),
    { weight: 0.1, bias: 0 },
  ],
  ["adamW", adamW({ learningRate: 0.01 }), adamRule(true), { weight: 0.01, bias: 0 }],
];

describe("optimizers", () => {
  test.each(cases)("%s goes the way that its paper says", (_, optimizer, rule, decays) => {
    const set = model();
    const got = train(optimizer, set, 5);
    expected(set, rule, 5, decays).forEach((wanted, index) => {
      wanted.forEach((value, at) => {
        expect(got[index]?.[at]).toBeCloseTo(value, 6);
      });
    });
  });

  test("remember the same state for one model, and another for another", () => {
    const optimizer = adamW();
    const set = model();
    expect([...optimizer.states(set).keys()]).toEqual(["firstMoment", "secondMoment"]);
    expect(optimizer.states(set)).toBe(optimizer.states(set));
    expect(optimizer.states(set)).not.toBe(optimizer.states(model()));
    expect(sgd({ learningRate: 1 }).states(set).size).toBe(0);
  });

  test("bias corrections are taken in f64", () => {
    const step = adam().stepValues(1, 0.5);
    expect(step).toMatchObject({
      learningRate: 0.5,
      coefficient1: 1 / (1 - 0.9),
      coefficient2: 1 / (1 - 0.999),
    });
    expect(adam().stepValues(1e6, 1).coefficient2).toBeCloseTo(1, 12);
    expect(sgd({ learningRate: 1 }).stepValues(7, 1).coefficient1).toBe(1);
  });

  test("gradients must fit the parameters", () => {
    const set = model();
    const [first] = set.tensors;
    expect(() => sgd({ learningRate: 1 }).update(set, [])).toThrow(ShapeError);
    expect(() => sgd({ learningRate: 1 }).update(set, first ? [first, first] : [])).toThrow(
      /layer0\.dense\.bias/,
    );
  });

  test("wrong settings name the optimizer and the setting", () => {
    expect(() => sgd({ learningRate: -1 })).toThrow(/^sgd\(learningRate\)/);
    expect(() => sgd({ learningRate: Number.NaN })).toThrow(UsageError);
    expect(() => sgd({ learningRate: 1, momentum: 1 })).toThrow(/^sgd\(momentum\)/);
    expect(() => sgd({ learningRate: 1, nesterov: true })).toThrow(/no momentum/);
    expect(() => adam({ beta2: 1 })).toThrow(/^adam\(beta2\)/);
    expect(() => adamW({ epsilon: 0 })).toThrow(/^adamW\(epsilon\)/);
    expect(() => adamW({ weightDecay: -0.1 })).toThrow(/^adamW\(weightDecay\)/);
  });
});
