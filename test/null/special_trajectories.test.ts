/**
 * Optimizers of several dispatches go the way that their papers say, as `trajectories.test.ts` has it. L-BFGS keeps as many pairs as
 * bring it down fast: else its way tells starts apart that differ by a rounding (by the rule alone, 6e-6 after 100 steps on Rosenbrock's
 * function with ten pairs, 1e-2 with two), and no two orders of summation agree to 1e-6.
 */
import { describe, expect, test } from "vitest";
import { lbfgsCase, specialCases } from "../support/special_trajectories.ts";
import type { TrajectoryCase } from "../support/trajectories.ts";
import { cpuTrajectory, expectedTrajectory, relativeDifference } from "../support/trajectories.ts";
import type { Problem } from "../support/trajectory_problems.ts";
import { perceptron, problems, quadratic, rosenbrock, startOf } from "../support/trajectory_problems.ts";

function expectItsWay(given: TrajectoryCase, problem: Problem): void {
  const wanted = expectedTrajectory(given, problem);
  expect(relativeDifference(cpuTrajectory(given, problem), wanted)).toBeLessThanOrEqual(1e-6);
  // It moved, and downhill.
  const last = wanted.at(-1) ?? [];
  expect(problem.loss(last)).toBeLessThan(problem.loss(startOf(problem)));
  expect(relativeDifference([last], [startOf(problem)])).toBeGreaterThan(0.01);
}

describe.each(specialCases)("$name", (given) => {
  test.each(problems)("$name", (problem) => expectItsWay(given, problem));
});

test.each([
  [10, quadratic],
  [5, rosenbrock],
  [10, perceptron],
  [2, perceptron],
] as const)("lbfgs with %d pairs, $name", (pairs, problem) => expectItsWay(lbfgsCase(pairs), problem));
