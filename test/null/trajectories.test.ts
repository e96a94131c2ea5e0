/**
 * Every optimizer goes the way that its paper says: 100 steps on three problems, on the CPU executor, against a rule
 * written from the paper with gradients by hand, all in f64. The bound is on ‖got − wanted‖ / ‖wanted‖ over all
 * parameters at all steps together.
 */
import { describe, expect, test } from "vitest";
import { cpuTrajectory, expectedTrajectory, relativeDifference } from "../support/trajectories.ts";
import { trajectoryCases } from "../support/trajectory_cases.ts";
import { problems, startOf } from "../support/trajectory_problems.ts";

describe.each(trajectoryCases)("$name", (given) => {
  test.each(problems.filter(({ name }) => name in given.learningRates))("$name", (problem) => {
    const wanted = expectedTrajectory(given, problem);
    expect(relativeDifference(cpuTrajectory(given, problem), wanted)).toBeLessThanOrEqual(1e-6);
    // It moved, and downhill: a rule that stands still would agree with anything that does.
    const last = wanted.at(-1) ?? [];
    expect(problem.loss(last)).toBeLessThan(problem.loss(startOf(problem)));
    expect(relativeDifference([last], [startOf(problem)])).toBeGreaterThan(0.01);
  });
});

describe("the problems", () => {
  test.each(problems)("$name: its gradient by hand is its loss's slope", (problem) => {
    const theta = startOf(problem);
    problem.gradient(theta).forEach((slope, index) => {
      const moved = (by: number) =>
        problem.loss(theta.map((value, at) => (at === index ? value + by : value)));
      expect((moved(1e-5) - moved(-1e-5)) / 2e-5).toBeCloseTo(slope, 5);
    });
  });
});
