import { afterAll, describe, expect, test } from "vitest";
import type { State } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import * as optim from "../../src/optim/index.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { openTestDevice } from "../support/open.ts";
import { SmallNetwork } from "../support/small_network.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());

describe("a small convolutional network", () => {
  test.each([
    optim.lookahead(optim.adam({ learningRate: 0.01 }), { steps: 2 }),
    optim.lamb({ learningRate: 0.01 }),
    optim.adaHessian({ learningRate: 0.01 }),
    optim.lbfgs({ trials: 4 }),
  ])("$name: five steps are the CPU's", async (optimizer) => {
    const network = new SmallNetwork();
    const { parameters } = network;
    const updates = network.updates(optimizer);
    const step = await engine.compile<never>(() => ({ updates }), {});
    const states = new Map<State, TypedArray>();
    for (let index = 0; index < 5; index++) {
      const row = {
        ...firstStep,
        index,
        seedLow: 3,
        ...optimizer.stepValues(index + 1, optimizer.learningRate),
      };
      step.replay([row]);
      const values = evaluateOnCpu(
        updates.map(({ value }) => value),
        { states, step: row },
      );
      updates.forEach(({ state }, at) => {
        states.set(state, values[at] ?? new Float64Array());
      });
    }
    const got = await engine.readState(parameters.state);
    const wanted = states.get(parameters.state) ?? new Float64Array();
    const flat = (values: TypedArray) =>
      parameters.parameters.flatMap((parameter) => [...parameter.slice(values)]);
    const expected = flat(wanted);
    const apart = flat(got).map((value, index) => value - (expected[index] ?? Number.NaN));
    expect(Math.hypot(...apart) / Math.hypot(...expected)).toBeLessThanOrEqual(1e-4);
    step.dispose();
  });
});

describe("weightAverage", () => {
  test("swaps on the device, and back", async () => {
    const { parameters } = new SmallNetwork();
    const average = optim.weightAverage();
    const trained = Float32Array.from({ length: parameters.length }, (_, index) => index / 7);
    engine.writeState(parameters.state, trained);
    await average.swap(engine, parameters);
    expect(await engine.readState(parameters.state)).toEqual(parameters.state.initial);
    expect(await engine.readState(average.state(parameters))).toEqual(trained);
    await average.swap(engine, parameters);
    expect(await engine.readState(parameters.state)).toEqual(trained);
  });
});
