/** A value that stops being finite ends training at its step, is named, and leaves the weights of the step before. */
import { afterAll, expect, it } from "vitest";
import { NonFiniteError } from "../../src/device/errors.ts";
import { nodePlatform } from "../../src/device/node.ts";
import { createEngineFor } from "../../src/engine.ts";
import { scalar } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import * as nn from "../../src/nn/index.ts";
import { crossEntropy } from "../../src/nn/losses.ts";
import type { Module } from "../../src/nn/module.ts";
import { statelessModule } from "../../src/nn/module.ts";
import { log } from "../../src/ops/log.ts";
import { mul } from "../../src/ops/mul.ts";
import { sqrt } from "../../src/ops/sqrt.ts";
import { sub } from "../../src/ops/sub.ts";
import { adam, sgd } from "../../src/optim/index.ts";
import type { Optimizer } from "../../src/optim/optimizer.ts";
import type { SubmitsOptions } from "../../src/training/trainer_options.ts";
import { toyImages } from "../support/toy_images.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
const engine = await createEngine({ adapter: process.env["WGRAD_ADAPTER"], seed: 5, tuning: false });
afterAll(() => engine.dispose());
const images = toyImages(48);
const options = { batchSize: 8, scheduleSteps: 30 };

const trainerOf = (middle: Module, optimizer: Optimizer) => {
  const model = nn.sequential([nn.flatten(), nn.dense(8), middle, nn.dense(4)]);
  return engine.trainer({ model, loss: crossEntropy(), optimizer });
};

type Trainer = ReturnType<typeof trainerOf>;

async function lossesOf(trainer: Trainer, own: Partial<SubmitsOptions> = {}): Promise<number[]> {
  const losses: number[] = [];
  for await (const submit of trainer.submits(images, { ...options, steps: 30, ...own }))
    losses.push(...submit.losses);
  return losses;
}

/** Trains until it fails. */
async function failureOf(trainer: Trainer): Promise<NonFiniteError> {
  try {
    await lossesOf(trainer);
  } catch (error) {
    if (error instanceof NonFiniteError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

/** The weights are, bit for bit, those of a run that stopped before the step. */
async function expectWeightsBefore(step: number, failed: Trainer, make: () => Trainer): Promise<void> {
  expect(failed.step).toBe(step - 1);
  const straight = make();
  if (step > 1) expect(await lossesOf(straight, { steps: step - 1 })).toHaveLength(step - 1);
  else {
    straight.build(images.shape);
    await straight.compile(images, options.batchSize);
  }
  expect(await failed.saveModel()).toEqual(await straight.saveModel());
  const moments = (trainer: Trainer) =>
    Promise.all(
      [...trainer.optimizer.states(trainer.model.parameterSet).values()].map((state) =>
        engine.readState(state),
      ),
    );
  expect(await moments(failed)).toEqual(await moments(straight));
}

const relu = () => nn.relu();

it("a learning rate that is too high: the parameters that overflow", async () => {
  const make = () => trainerOf(relu(), sgd({ learningRate: 3e38 }));
  const trainer = make();
  const error = await failureOf(trainer);
  expect(error.message).toMatch(/became infinite or NaN at step [12];/);
  expect(error.step).toBe(trainer.step + 1);
  expect(error.op).not.toBe("");
  await expectWeightsBefore(error.step, trainer, make);
});

it("training that diverges over several steps: the step, within its submit, and what comes before it", async () => {
  const square = () => statelessModule("square", (x) => mul(x, x));
  const make = () => trainerOf(square(), sgd({ learningRate: 0.7 }));
  const trainer = make();
  const losses: number[] = [];
  const run = async () => {
    for await (const submit of trainer.submits(images, { ...options, steps: 30, submitMilliseconds: 200 }))
      losses.push(...submit.losses);
  };
  const error = await run().catch((thrown: unknown) => thrown);
  if (!(error instanceof NonFiniteError)) throw error;
  expect(error.step).toBeGreaterThan(3);
  expect(losses).toHaveLength(error.step - 1);
  expect(losses.every(Number.isFinite)).toBe(true);
  await expectWeightsBefore(error.step, trainer, make);
});

it("an activation outside of its domain: the op, its layer and the step", async () => {
  // Positive until the pre-activations have moved: a log of what is negative then.
  const shifted = (x: Tensor) => log(sub(mul(x, x), scalar(1e-3)));
  const make = () => trainerOf(statelessModule("shiftedLog", shifted), adam({ learningRate: 0.01 }));
  const trainer = make();
  const error = await failureOf(trainer);
  expect(error).toMatchObject({ op: "log", layer: "layer2.shiftedLog", gradientOf: undefined });
  expect(error.message).toContain("the output of log, in layer2.shiftedLog, became infinite or NaN at step");
  await expectWeightsBefore(error.step, trainer, make);
  await expect(trainer.save()).resolves.toBeInstanceOf(Uint8Array);
});

it("a gradient that is infinite where the forward pass is finite", async () => {
  const root = statelessModule("root", (x) => sqrt(mul(nn.relu().forward(x), scalar(1))));
  const make = () => trainerOf(root, sgd({ learningRate: 0.01 }));
  const trainer = make();
  const error = await failureOf(trainer);
  expect(error).toMatchObject({ step: 1, layer: "layer2.root", gradientOf: "sqrt" });
  expect(error.message).toContain("the gradient of sqrt");
  await expectWeightsBefore(1, trainer, make);
});

it("a parameter that the host wrote NaN into: its name", async () => {
  const trainer = trainerOf(relu(), adam());
  await lossesOf(trainer, { steps: 4 });
  const { parameterSet } = trainer.model;
  const bias = parameterSet.parameters.find(({ name }) => name === "layer3.dense.bias");
  engine.writeState(parameterSet.state, Float32Array.of(Number.NaN), (bias?.offset ?? 0) + 2);
  const error = await failureOf(trainer);
  expect(error).toMatchObject({ step: 5, layer: "layer3.dense", op: "state" });
  expect(error.message).toContain("layer3.dense.bias, as the step found it");
  expect(trainer.step).toBe(4);
});

it("a moment that overflows while loss and parameters stay finite: the optimizer and the parameter", async () => {
  const huge = statelessModule("huge", (x) => mul(x, scalar(1e25)));
  const model = nn.sequential([
    nn.flatten(),
    nn.dense(8),
    nn.tanh(),
    huge,
    nn.dense(4, { initializer: nn.zeros() }),
  ]);
  const trainer = engine.trainer({ model, loss: crossEntropy(), optimizer: adam({ learningRate: 1e-30 }) });
  const error = await failureOf(trainer);
  expect(error).toMatchObject({ step: 1, layer: "layer4.dense", op: "adam" });
  expect(error.message).toContain("what adam makes of layer4.dense.weights");
});

it("may be switched off, and then trains on", async () => {
  const model = nn.sequential([nn.flatten(), nn.dense(4)]);
  const optimizer = sgd({ learningRate: 3e38 });
  const trainer = engine.trainer({ model, loss: crossEntropy(), optimizer, sentinel: false });
  expect((await lossesOf(trainer, { steps: 6 })).some(Number.isNaN)).toBe(true);
});
