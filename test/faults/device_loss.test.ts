/** The device goes at every place of a training: it opens another one and goes on with the same bits. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { Device } from "../../src/device/device.ts";
import { DeviceLostError } from "../../src/device/errors.ts";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import { scalar } from "../../src/graph/leaves.ts";
import * as nn from "../../src/nn/index.ts";
import { crossEntropy } from "../../src/nn/losses.ts";
import { exp } from "../../src/ops/exp.ts";
import { mul } from "../../src/ops/mul.ts";
import { sin } from "../../src/ops/sin.ts";
import { adam } from "../../src/optim/index.ts";
import { Program } from "../../src/plan/program.ts";
import type { TrainerOptions } from "../../src/training/trainer_options.ts";
import { toyImages } from "../support/toy_images.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
const open = () => createEngine({ adapter: process.env["WGRAD_ADAPTER"], seed: 5, tuning: false });
const images = toyImages(48);
const network = () => nn.sequential([nn.flatten(), nn.dense(12), nn.relu(), nn.dropout(0.2), nn.dense(4)]);
const steps = 18;

const engines: WgradEngine[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const engine of engines.splice(0)) engine.dispose();
});

interface Run {
  readonly losses: number[];
  readonly steps: number[];
  readonly weights: Uint8Array;
  readonly engine: WgradEngine;
}

/** Trains a small network over several epochs. */
async function train(
  arm: (engine: WgradEngine) => void = () => undefined,
  options: Partial<TrainerOptions> = {},
): Promise<Run> {
  const engine = await open();
  engines.push(engine);
  const model = network();
  const trainer = engine.trainer({ model, loss: crossEntropy(), optimizer: adam(), ...options });
  arm(engine);
  const [losses, seen]: [number[], number[]] = [[], []];
  for await (const submit of trainer.submits(images, { batchSize: 8, steps })) {
    losses.push(...submit.losses);
    seen.push(submit.step);
  }
  return { losses, steps: seen, weights: await trainer.save(), engine };
}

/** Destroys the device once, when a dispatch whose label fits is encoded for the n-th time. */
function destroyAtDispatch(engine: WgradEngine, label: RegExp, time: number, again = 1): void {
  const real = Program.prototype.encodeDispatch;
  let [seen, times] = [0, 0];
  vi.spyOn(Program.prototype, "encodeDispatch").mockImplementation(function (
    this: Program,
    pass,
    index,
    row,
  ) {
    const fits = label.test(this.plan.dispatches[index]?.label ?? "");
    real.call(this, pass, index, row);
    if (fits && ++seen >= time && times < again) {
      times++;
      engine.device.gpu.destroy();
    }
  });
}

const straight = train();

const places: readonly (readonly [place: string, arm: (engine: WgradEngine) => void])[] = [
  ["forward", (engine) => destroyAtDispatch(engine, /^(matmul|linear)/, 9)],
  ["backward", (engine) => destroyAtDispatch(engine, /softmaxCrossEntropy|Gradient/, 8)],
  ["the optimizer", (engine) => destroyAtDispatch(engine, /^adam/, 7)],
  [
    "readback",
    (engine) => {
      const real = Device.prototype.read;
      let reads = 0;
      vi.spyOn(Device.prototype, "read").mockImplementation(function (this: Device, ...given) {
        const result = real.apply(this, given);
        if (++reads === 14) engine.device.gpu.destroy();
        return result;
      });
    },
  ],
  [
    "compilation",
    (engine) => {
      const real = Device.prototype.createPipeline;
      let made = 0;
      vi.spyOn(Device.prototype, "createPipeline").mockImplementation(function (this: Device, ...given) {
        const result = real.apply(this, given);
        if (++made === 3) engine.device.gpu.destroy();
        return result;
      });
    },
  ],
];

describe("a training goes on after its device was lost in", () => {
  it.each(places)("%s: the same losses and state, each step reported once", async (_, arm) => {
    const expected = await straight;
    const run = await train(arm);
    expect(run.engine.generation).toBe(1);
    expect(run.losses).toEqual(expected.losses);
    expect(run.steps.at(-1)).toBe(steps);
    expect(run.weights).toEqual(expected.weights);
  });

  it("a later submit, with points taken all the time: from the last of them", async () => {
    const expected = await straight;
    const arm = (engine: WgradEngine) => destroyAtDispatch(engine, /^adam/, 14);
    const run = await train(arm, { recovery: { everySeconds: 0 } });
    expect(run.engine.generation).toBe(1);
    expect(run.losses).toEqual(expected.losses);
    expect(run.weights).toEqual(expected.weights);
  });
});

describe("a loss that does not end", () => {
  it("goes to the caller after three attempts", async () => {
    const arm = (engine: WgradEngine) => destroyAtDispatch(engine, /^adam/, 7, 100);
    await expect(train(arm)).rejects.toBeInstanceOf(DeviceLostError);
    expect(engines[0]?.generation).toBe(3);
  });

  it("goes to the caller at once where recovery is off", async () => {
    const arm = (engine: WgradEngine) => destroyAtDispatch(engine, /^adam/, 7);
    await expect(train(arm, { recovery: false })).rejects.toBeInstanceOf(DeviceLostError);
    expect(engines[0]?.generation).toBe(0);
  });
});

it("settles every pending promise within five seconds, with a typed error", async () => {
  const engine = await open();
  engines.push(engine);
  const step = await engine.compile(({ x }) => ({ y: mul(x, scalar(2)) }), {
    x: { shape: [1 << 16], dtype: "f32" },
  });
  const values = new Float32Array(1 << 16);
  const pending = [
    step.run({ x: values }),
    exp(engine.tensor([1, 2, 3])).data(),
    engine.device.idle(),
    engine.device.guard(new Promise(() => undefined)),
    engine.compile(({ x }) => ({ y: sin(exp(x)) }), { x: { shape: [7], dtype: "f32" } }),
  ];
  const started = performance.now();
  engine.device.gpu.destroy();
  const outcomes = await Promise.allSettled(pending);
  expect(performance.now() - started).toBeLessThan(5000);
  for (const outcome of outcomes) {
    expect(outcome.status).toBe("rejected");
    if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(DeviceLostError);
  }
  await engine.reopen();
  const run = await step.run({ x: values.fill(3) });
  expect(run["y"]?.[5]).toBe(6);
});

it("brings a trainer back whose engine was reopened between two calls", async () => {
  const expected = await straight;
  const engine = await open();
  engines.push(engine);
  const model = network();
  const trainer = engine.trainer({ model, loss: crossEntropy(), optimizer: adam() });
  const losses: number[] = [];
  const options = { batchSize: 8, scheduleSteps: steps };
  for await (const submit of trainer.submits(images, { ...options, steps: 8 })) losses.push(...submit.losses);
  const before = await trainer.evaluate(images);
  engine.device.gpu.destroy();
  await engine.device.lost;
  expect(await trainer.evaluate(images)).toEqual(before);
  for await (const submit of trainer.submits(images, { ...options, steps: steps - 8 }))
    losses.push(...submit.losses);
  expect(losses).toEqual(expected.losses);
  expect(await trainer.save()).toEqual(expected.weights);
});
