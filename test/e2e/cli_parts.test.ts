import { describe, expect, it } from "vitest";
import {
  afterProbe,
  formatEpochs,
  formatStepTime,
  probeSteps,
  stepsOf,
  stepsWithin,
} from "../../src/cli/train_budget.ts";
import { TrainLog } from "../../src/cli/train_log.ts";
import { chooseRun, runOf, withRun } from "../../src/cli/train_options.ts";
import { shellCommand } from "../../src/cli/train_record.ts";
import { UsageError } from "../../src/device/errors.ts";
import { cosine } from "../../src/optim/schedules/index.ts";
import { writeSafetensors } from "../../src/training/safetensors.ts";

const openEnd = { steps: undefined, epochs: undefined, budgetSeconds: undefined };

describe("the number of steps", () => {
  it("is what was asked for", () => {
    expect(stepsOf({ ...openEnd, steps: 7 }, 100)).toBe(7);
    expect(stepsOf({ ...openEnd, epochs: 2.5 }, 100)).toBe(250);
    expect(stepsOf({ ...openEnd, epochs: 0.001 }, 100)).toBe(1);
    expect(stepsOf(openEnd, 100)).toBeUndefined();
  });

  it("fits the budget", () => {
    const probe = { millisecondsPerStep: 210, secondsSpent: 2.1, testSteps: 156 };
    const chosen = stepsWithin({ ...openEnd, budgetSeconds: 75 }, probe, 937, "software adapter");
    expect(chosen.steps).toBe(350);
    expect(chosen.sentence).toBe(
      "about 0.21 s a step on this software adapter: 350 steps (0.37 epochs) fit the 1 min 15 s budget; " +
        "--steps or --epochs overrides",
    );
  });

  it("is ten epochs where the budget has room for more, unless the budget was asked for", () => {
    const probe = { millisecondsPerStep: 0.5, secondsSpent: 0.01, testSteps: 100 };
    expect(stepsWithin(openEnd, probe, 600, "adapter")).toMatchObject({ steps: 6000 });
    expect(stepsWithin({ ...openEnd, budgetSeconds: 10 }, probe, 600, "adapter").steps).toBeGreaterThan(
      19_000,
    );
  });

  it("leaves time to test on a slow machine, and is never below what was timed", () => {
    const slow = { millisecondsPerStep: 700, secondsSpent: 7, testSteps: 156 };
    const { steps, budgetSeconds } = stepsWithin(openEnd, slow, 937, "software adapter");
    expect(budgetSeconds).toBe(20);
    expect(steps * 0.7 + 156 * 0.35).toBeLessThan(75);
    expect(stepsWithin({ ...openEnd, budgetSeconds: 1 }, slow, 937, "adapter").steps).toBe(probeSteps);
  });

  it("is shown in few digits", () => {
    expect([0.374, 1, 2.26, 10, 12.6].map(formatEpochs)).toEqual([
      "0.37 epochs",
      "1 epoch",
      "2.3 epochs",
      "10 epochs",
      "13 epochs",
    ]);
    expect([0.512, 8.34, 83.4, 123.4, 212].map(formatStepTime)).toEqual([
      "0.51 ms",
      "8.3 ms",
      "83 ms",
      "123 ms",
      "0.21 s",
    ]);
  });
});

describe("the schedule", () => {
  it("does not depend on the total before the probe is over", () => {
    const schedule = afterProbe(cosine());
    const at = (step: number, totalSteps: number) => ({ step, totalSteps, epoch: 0, stepsPerEpoch: 9999 });
    expect(schedule.factor(at(probeSteps - 1, 20))).toBe(schedule.factor(at(probeSteps - 1, 5000)));
    expect(schedule.factor(at(probeSteps, 20))).toBe(cosine().factor(at(probeSteps, 20)));
  });
});

describe("options", () => {
  it("take their defaults from the recipe, and a learning rate that suits the optimizer", () => {
    expect(chooseRun({}).settings).toMatchObject({
      recipe: "mnist-cnn",
      optimizer: "adamw",
      seed: 0,
      limit: null,
    });
    const { settings } = chooseRun({ recipe: "mnist-mlp", optimizer: "sgd" });
    expect(settings).toMatchObject({ optimizer: "sgd", learningRate: 0.1 });
    expect(() => chooseRun({ activation: "sofplus" })).toThrow(UsageError);
  });

  it("come from the checkpoint where they are not given again", () => {
    const { settings } = chooseRun({ recipe: "mnist-mlp", seed: 5, batch: 32, lr: 0.5, optimizer: "sgd" });
    const empty = writeSafetensors([["w", { dtype: "F32", shape: [1], data: new Float32Array(1) }]], {
      a: "b",
    });
    const run = runOf(withRun(empty, { settings, steps: 77 }));
    expect(run).toEqual({ settings, steps: 77 });
    expect(runOf(empty)).toBeUndefined();
    const resumed = chooseRun({ resume: "x", batch: 64 }, run);
    expect(resumed.settings).toEqual({ ...settings, batchSize: 64 });
    expect(resumed.wish.steps).toBe(77);
    expect(() => chooseRun({ resume: "x", recipe: "mnist-cnn" }, run)).toThrow(/another recipe/);
    expect(() => chooseRun({ resume: "x" })).toThrow(/--steps or --epochs/);
    expect(() => chooseRun({ resume: "x", budget: 3 }, run)).toThrow(/--budget/);
  });
});

describe("the log", () => {
  const submit = (losses: number[], milliseconds: number, step: number) => ({
    epoch: 1,
    step,
    losses: Float32Array.from(losses),
    accuracies: Float32Array.from(losses, () => 0.5),
    learningRates: new Float64Array(losses.length),
    milliseconds,
    endsEpoch: false,
  });

  it("takes submits that end together as one", () => {
    const log = new TrainLog();
    log.add(submit([4], 100, 1));
    log.add(submit([2], 0.1, 2));
    log.add(submit([2, 2, 2], 99.9, 5));
    expect(log.stepTime).toEqual({ min: 25, median: 62.5, max: 100 });
    expect(log.steadyStepTime).toBe(25);
    expect(log.loss).toBeCloseTo(2.4);
    expect(log.submits).toBe(3);
  });
});

describe("commands to repeat", () => {
  it("are quoted for a shell", () => {
    expect(shellCommand(["train", "--resume", "runs/a-1/x.safetensors"])).toBe(
      "npx wgrad train --resume runs/a-1/x.safetensors",
    );
    expect(shellCommand(["--out", "my run's"])).toBe("npx wgrad --out 'my run'\\''s'");
  });
});
