/**
 * Every optimizer on a device: 100 steps on three problems against the rule of its paper in f64. The bound is on
 * ‖got − wanted‖ / ‖wanted‖ over all parameters at all steps together.
 */
import { afterAll, describe, expect, test } from "vitest";
import { Engine } from "../../src/plan/engine.ts";
import { openTestDevice } from "../support/open.ts";
import { expectedTrajectory, gpuTrajectory, relativeDifference } from "../support/trajectories.ts";
import { trajectoryCases } from "../support/trajectory_cases.ts";
import { problems } from "../support/trajectory_problems.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());

describe.each(trajectoryCases)("$name", (given) => {
  test.each(problems.filter(({ name }) => name in given.learningRates))("$name", async (problem) => {
    const got = await gpuTrajectory(engine, given, problem);
    const apart = relativeDifference(got, expectedTrajectory(given, problem));
    expect(apart).toBeLessThanOrEqual(1e-4);
  });
});
