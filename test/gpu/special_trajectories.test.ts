/**
 * Optimizers of several dispatches on a device, as `trajectories.test.ts` has it. L-BFGS is held against the CPU executor step by step,
 * each from the same state: its way as a whole tells gradients apart that differ by a rounding to f32 (the rule alone, with such
 * gradients, is off by 2e-3 on the quadratic and 7e-2 on Rosenbrock's function while under way), before both end at the minimum.
 */
import { afterAll, describe, expect, test } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import type { State } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import { lbfgs } from "../../src/optim/lbfgs.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { openTestDevice } from "../support/open.ts";
import { lbfgsCase, specialCases } from "../support/special_trajectories.ts";
import { expectedTrajectory, gpuTrajectory, relativeDifference } from "../support/trajectories.ts";
import type { Problem } from "../support/trajectory_problems.ts";
import { parametersOf, perceptron, problems } from "../support/trajectory_problems.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());

describe.each(specialCases)("$name", (given) => {
  test.each(problems)("$name", async (problem) => {
    const got = await gpuTrajectory(engine, given, problem);
    expect(relativeDifference(got, expectedTrajectory(given, problem))).toBeLessThanOrEqual(1e-4);
  });
});

describe("lbfgs", () => {
  test.each(problems)("$name: each of 100 steps is the CPU's from the same state", async (problem) => {
    for (const apart of await stepsApart(problem)) expect(apart).toBeLessThanOrEqual(1e-4);
  });

  test("small MLP: all of the way", async () => {
    const got = await gpuTrajectory(engine, lbfgsCase(10), perceptron);
    expect(relativeDifference(got, expectedTrajectory(lbfgsCase(10), perceptron))).toBeLessThanOrEqual(1e-4);
  });

  test.each(problems)("$name: ends where the rule ends", async (problem) => {
    const got = (await gpuTrajectory(engine, lbfgsCase(10), problem)).at(-1) ?? [];
    const wanted = expectedTrajectory(lbfgsCase(10), problem).at(-1) ?? [];
    expect(relativeDifference([got], [wanted])).toBeLessThanOrEqual(1e-4);
  });
});

/** How far the device's parameters are from the CPU's after each step, where both begin it alike, with what f32 holds. */
async function stepsApart(problem: Problem): Promise<number[]> {
  const set = parametersOf(problem);
  const optimizer = lbfgs();
  const build = () => {
    const loss = problem.build(set.tensors);
    return optimizer.update(set, gradient(loss, set.tensors), { loss });
  };
  const updates = build();
  const step = await engine.compile<never>(() => ({ updates: build() }), {});
  let states = new Map<State, TypedArray>(updates.map(({ state }) => [state, state.initial]));
  const apart: number[] = [];
  for (let index = 0; index < 100; index++) {
    const row = { ...firstStep, index, ...optimizer.stepValues(index + 1, 1) };
    for (const [state, values] of states) engine.writeState(state, values);
    step.replay([row]);
    const got = await engine.readState(set.state);
    const values = evaluateOnCpu(
      updates.map(({ value }) => value),
      { states, step: row },
    );
    states = new Map(updates.map(({ state }, at) => [state, Float32Array.from(values[at] ?? [])]));
    apart.push(relativeDifference([[...got]], [[...(values[0] ?? [])]]));
  }
  step.dispose();
  return apart;
}
