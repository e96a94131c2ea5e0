import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/device/errors.ts";
import type { Update } from "../../src/graph/graph.ts";
import { sortedNodes } from "../../src/graph/graph.ts";
import type { State } from "../../src/graph/leaves.ts";
import { inputTensor, stateTensor } from "../../src/graph/leaves.ts";
import { substitute } from "../../src/graph/substitute.ts";
import { philox, uniform01 } from "../../src/kernels/philox.ts";
import type { StepValues } from "../../src/kernels/step.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import { add } from "../../src/ops/add.ts";
import { exp } from "../../src/ops/exp.ts";
import { mul } from "../../src/ops/mul.ts";
import { signStream } from "../../src/optim/adahessian.ts";
import * as optim from "../../src/optim/index.ts";
import { traceStep } from "../../src/plan/engine.ts";
import { planGraph } from "../../src/plan/plan_graph.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { SmallNetwork } from "../support/small_network.ts";
import { everyTrait } from "../support/traits.ts";

/** What the updates leave, by state. */
function evaluated(
  updates: readonly Update[],
  step: Partial<StepValues>,
  states?: ReadonlyMap<State, TypedArray>,
): Map<State, TypedArray> {
  const values = evaluateOnCpu(
    updates.map(({ value }) => value),
    { step: { ...firstStep, ...step }, ...(states && { states }) },
  );
  return new Map(updates.map(({ state }, index) => [state, values[index] ?? new Float64Array()]));
}

describe("settings", () => {
  test.each([
    ["lookahead(steps)", () => optim.lookahead(optim.adam(), { steps: 0 })],
    ["lookahead(slowStep)", () => optim.lookahead(optim.adam(), { slowStep: 1.5 })],
    ["weightAverage(decay)", () => optim.weightAverage({ decay: 1 })],
    ["lamb(beta1)", () => optim.lamb({ beta1: 1 })],
    ["lamb(weightDecay)", () => optim.lamb({ weightDecay: -1 })],
    ["adaHessian(hessianPower)", () => optim.adaHessian({ hessianPower: 0 })],
    ["adaHessian(learningRate)", () => optim.adaHessian({ learningRate: -1 })],
    ["lbfgs(history)", () => optim.lbfgs({ history: 0 })],
    ["lbfgs(trials)", () => optim.lbfgs({ trials: 0.5 })],
    ["lbfgs(shrink)", () => optim.lbfgs({ shrink: 1 })],
    ["lbfgs(sufficientDecrease)", () => optim.lbfgs({ sufficientDecrease: 0 })],
  ])("%s out of range is refused by name", (where, make) => {
    expect(make).toThrow(UsageError);
    expect(make).toThrow(where);
  });

  test("defaults are the papers'", () => {
    expect(optim.lookahead(optim.adam()).settings).toMatchObject({ inner: "adam", steps: 5, slowStep: 0.5 });
    expect(optim.lamb().settings).toMatchObject({
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-6,
      weightDecay: 0.01,
    });
    expect(optim.adaHessian().settings).toMatchObject({ learningRate: 0.15, hessianPower: 1, epsilon: 1e-4 });
    expect(optim.lbfgs().settings).toMatchObject({ learningRate: 1, history: 10, sufficientDecrease: 1e-4 });
  });
});

describe("lookahead", () => {
  test("keeps what its inner optimizer does, and slow weights that start at the parameters", () => {
    const { parameters } = new SmallNetwork();
    const optimizer = optim.lookahead(optim.adam({ learningRate: 0.5 }));
    const states = optimizer.states(parameters);
    expect([...states.keys()]).toEqual(["firstMoment", "secondMoment", "slowWeights"]);
    expect(states.get("slowWeights")?.initial).toEqual(parameters.state.initial);
    expect(parameters.copies).toEqual([states.get("slowWeights")]);
    expect(optimizer.stepValues(3, 0.1)).toEqual(optim.adam().stepValues(3, 0.1));
  });
});

describe("weightAverage", () => {
  test.each([
    [false, 0.9, 0.9],
    [true, 3 / 12, 0.999],
  ])("warm-up %s: so much stays of it after two steps", (warmUp, kept, decay) => {
    const { parameters } = new SmallNetwork();
    const average = optim.weightAverage({ decay, warmUp });
    const moved = mul(stateTensor(parameters.state), stateTensor(parameters.state));
    const update = average.update(parameters, moved);
    const got = evaluated([update], { index: 2 }).get(average.state(parameters)) ?? [];
    parameters.state.initial.forEach((value, index) => {
      expect(got[index]).toBeCloseTo(kept * value + (1 - kept) * value * value, 12);
    });
  });
});

describe("adaHessian", () => {
  test("estimates the Hessian's diagonal through pooling and cross-entropy, and averages it over windows", () => {
    const network = new SmallNetwork();
    const { parameters } = network;
    const optimizer = optim.adaHessian();
    const values = optimizer.stepValues(1, 0.1);
    const step = { ...values, index: 3, seedLow: 11, seedHigh: 12 };
    const second = optimizer.states(parameters).get("secondMoment");
    const squares = second && evaluated(network.updates(optimizer), step).get(second);
    const signs = parameters.parameters.map(({ length }, tensor) =>
      Float64Array.from({ length }, (_, at) => {
        const words = philox([at >> 2, 3, signStream + tensor, 2], [11, 12]);
        return uniform01(words[at % 4] ?? 0) < 0.5 ? 1 : -1;
      }),
    );
    const gradientsAt = (distance: number) => {
      const theta = Float64Array.from(parameters.state.initial);
      parameters.parameters.forEach((parameter, tensor) => {
        const own = parameter.slice(theta);
        own.forEach((value, at) => {
          own[at] = value + distance * (signs[tensor]?.[at] ?? 0);
        });
      });
      return evaluateOnCpu(network.gradients, { states: new Map([[parameters.state, theta]]) });
    };
    const [after, before] = [gradientsAt(1e-5), gradientsAt(-1e-5)];
    parameters.parameters.forEach((parameter, tensor) => {
      const diagonal = Array.from(
        { length: parameter.length },
        (_, at) =>
          ((signs[tensor]?.[at] ?? 0) * ((after[tensor]?.[at] ?? 0) - (before[tensor]?.[at] ?? 0))) / 2e-5,
      );
      const window = parameter.shape.length === 4 ? 9 : 1;
      const channels = parameter.length / window;
      const averaged = diagonal.map((_, at) => {
        const same = diagonal.filter((_, other) =>
          window === 1 ? other === at : other % channels === at % channels,
        );
        return same.reduce((sum, value) => sum + value, 0) / same.length;
      });
      const got = squares ? [...parameter.slice(squares)] : [];
      averaged.forEach((value, at) => {
        expect(Math.sqrt((got[at] ?? 0) / (1 - 0.999))).toBeCloseTo(Math.abs(value), 7);
      });
    });
  });
});

describe("lbfgs", () => {
  test("wants the loss, and gradients that are its own", () => {
    const { parameters, gradients, loss } = new SmallNetwork();
    const optimizer = optim.lbfgs();
    expect(() => optimizer.update(parameters, gradients)).toThrow("the loss is not given");
    expect(() =>
      optimizer.update(parameters, gradients, { loss, transform: (flat) => mul(flat, flat) }),
    ).toThrow("the gradients are changed");
    const kept = optimizer.update(parameters, gradients, { loss, transform: (flat) => flat });
    expect(kept.map(({ state }) => state)).toEqual([
      parameters.state,
      ...optimizer.states(parameters).values(),
    ]);
  });

  test("no state but those of the parameters' layout is of their length", () => {
    const { parameters } = new SmallNetwork();
    for (const history of [1, 3, 7, 10, 31]) {
      const lengths = [...optim.lbfgs({ history }).states(parameters)].map(([name, state]) => [
        name,
        (state.type.shape[0] ?? 0) % 64 === 0,
      ]);
      expect(Object.fromEntries(lengths)).toEqual({
        previousGradients: true,
        history: true,
        gram: false,
        control: false,
        outcome: false,
      });
    }
  });
});

describe("substitute", () => {
  const type = { shape: [2], dtype: "f32" } as const;
  const [a, b, c] = ["a", "b", "c"].map((name) => inputTensor(name, type));

  test("records anew what depends on the replaced tensor, and shares the rest", () => {
    if (!a || !b || !c) throw new Error("internal");
    const shared = exp(b);
    const value = add(mul(a, shared), a);
    const renewed = substitute(value, [[a, c]]);
    const nodes = sortedNodes([renewed]);
    expect(nodes).toContain(shared.node);
    expect(nodes).not.toContain(a.node);
    const inputs = new Map([
      ["a", Float64Array.of(1, 2)],
      ["b", Float64Array.of(0, 1)],
      ["c", Float64Array.of(3, 4)],
    ]);
    expect(evaluateOnCpu([renewed], { inputs })[0]).toEqual(Float64Array.of(6, 4 + 4 * Math.E));
    expect(substitute(a, [[a, c]])).toBe(c);
    expect(substitute(shared, [[a, c]])).toBe(shared);
  });
});

describe("dispatches a step", () => {
  const dispatched = (optimizer: optim.Optimizer): string[] => {
    const network = new SmallNetwork();
    const graph = traceStep<never>(() => ({ updates: network.updates(optimizer) }), {});
    return planGraph(graph, everyTrait).dispatches.map(({ op }) => op.name);
  };
  const plain = dispatched(optim.adam()).length - 1;

  test.each([
    [optim.lookahead(optim.adam()), ["adam", "lookahead"]],
    [optim.lamb(), ["clearGaps", "lambDirection", "segmentSums", "lambApply"]],
  ] as const)("$name", (optimizer, own) => {
    const ops = dispatched(optimizer);
    expect(ops.slice(-own.length)).toEqual(own);
    expect(ops.length - plain).toBe(own.length);
  });

  test("lbfgs: six, whatever the pairs, and the forward pass of each trial", () => {
    const own = ["clearGaps", "lbfgsDots", "lbfgsCoefficients", "lbfgsTrials", "lbfgsStep"];
    const of = (trials: number, history: number) => {
      const ops = dispatched(optim.lbfgs({ trials, history }));
      expect(ops.filter((op) => own.includes(op))).toEqual(own);
      return ops.length - plain;
    };
    const forward = of(2, 10) - of(1, 10);
    expect(of(1, 10) - forward).toBe(6);
    expect(of(1, 2)).toBe(of(1, 10));
    expect(of(8, 10)).toBe(6 + 8 * forward);
  });
});
