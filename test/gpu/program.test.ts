import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OutOfMemoryError, ShapeError } from "../../src/device/errors.ts";
import { State, stateTensor } from "../../src/graph/leaves.ts";
import { passNames } from "../../src/graph/pass_names.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { mul } from "../../src/ops/mul.ts";
import { relu } from "../../src/ops/relu.ts";
import type { Step } from "../../src/plan/engine.ts";
import { Engine } from "../../src/plan/engine.ts";
import type { NetworkStep } from "../support/networks.ts";
import { convolutionalStep, denseStep } from "../support/networks.ts";
import { openTestDevice } from "../support/open.ts";

let engine: Engine;
beforeAll(async () => {
  engine = new Engine(await openTestDevice());
});
afterAll(() => engine.dispose());

const adamRow = { ...firstStep, learningRate: 1e-2, coefficient1: 10, coefficient2: 1000 };

function batchFor({ inputs }: NetworkStep, classes: number): { x: TypedArray; y: TypedArray } {
  const random = new RandomStream(3);
  const x = random.fillNormal(new Float32Array(elementCount(inputs.x.shape)), 0, 1);
  const y = Uint32Array.from({ length: elementCount(inputs.y.shape) }, () => random.below(classes));
  return { x, y };
}

describe("replay", () => {
  let step: Step<"x" | "y">;
  beforeAll(async () => {
    const network = denseStep(8, [12, 16, 4]);
    step = await engine.compile(network.build, network.inputs);
    step.upload(batchFor(network, 4));
    step.replay([adamRow]);
    await engine.device.idle();
  });

  test("creates nothing and reads nothing back; many steps are one submit", async () => {
    const before = { ...countersOf(engine) };
    step.replay(Array.from({ length: 50 }, (_, row) => ({ ...adamRow, row, index: row })));
    await engine.device.idle();
    expect(countersOf(engine)).toEqual({ ...before, submits: before.submits + 1, writes: before.writes + 1 });
  });

  test("10,000 steps leave live buffers and the process's memory as they were", async () => {
    const rows = Array.from({ length: 250 }, (_, row) => ({ ...adamRow, row }));
    const run = async (submits: number) => {
      for (let submit = 0; submit < submits; submit++) {
        step.replay(rows);
        // As training does, which never queues more than one submit ahead.
        await engine.device.idle();
      }
    };
    await run(4);
    const { liveBuffers, liveBytes } = engine.device.counters;
    const resident = process.memoryUsage.rss();
    await run(36);
    expect(engine.device.counters.liveBuffers).toBe(liveBuffers);
    expect(engine.device.counters.liveBytes).toBe(liveBytes);
    // A driver that compiles anew at each dispatch kept 300 KB of each: 30 GB here.
    expect(process.memoryUsage.rss() - resident).toBeLessThan(256 << 20);
    expect((await step.read("loss"))[0]).toBeLessThan(0.1);
  });

  test("one optimizer dispatch updates every parameter, and the peak is known beforehand", () => {
    const labels = step.program.plan.dispatches.map(({ label }) => label);
    expect(labels.filter((label) => label.startsWith("adam"))).toHaveLength(1);
    expect(labels.filter((label) => label.startsWith("copy"))).toHaveLength(0);
    expect(step.program.peakBytes).toBeGreaterThan(0);
    expect(step.program.toString()).toContain("dispatches a step");
  });
});

describe("passes", () => {
  // Adam's first move is a gradient's sign: where one is about 0, rounding decides, and the second loss tells by how far.
  const smallRow = { ...adamRow, learningRate: 1e-3 };
  const network = convolutionalStep(4);
  const batch = batchFor(network, 6);
  let expected: Readonly<Record<string, TypedArray>>;
  let dispatches: number;

  const results = async (without: readonly (typeof passNames)[number][]) => {
    const fresh = convolutionalStep(4);
    const step = await engine.compile(fresh.build, fresh.inputs, { without });
    const first = await step.run(batch, smallRow);
    const second = await step.run(batch, smallRow);
    return { values: { ...first, second: second["loss"] ?? [] }, dispatches: step.program.dispatchesPerStep };
  };

  beforeAll(async () => {
    const all = await results([]);
    expected = all.values as Readonly<Record<string, TypedArray>>;
    dispatches = all.dispatches;
  });

  test.each([...passNames.map((name) => [name]), [...passNames]])(
    "without %s results stay",
    async (...names) => {
      const { values, dispatches: without } = await results(names);
      for (const [output, numbers] of Object.entries(expected)) {
        const got = values[output as keyof typeof values];
        numbers.forEach((value, index) => {
          expect(got?.[index], output).toBeCloseTo(value, 4);
        });
      }
      if (names.length === passNames.length) expect(without).toBeGreaterThan(dispatches);
    },
  );
});

test("what was recorded and not used runs only without the dead-code pass", async () => {
  const build = ({ x }: { x: Parameters<typeof relu>[0] }) => {
    matmul(x, x);
    return { y: relu(x) };
  };
  const inputs = { x: { shape: [4, 4], dtype: "f32" } } as const;
  const kept = await engine.compile(build, inputs, { without: ["deadCode"] });
  const dropped = await engine.compile(build, inputs);
  expect(kept.program.dispatchesPerStep).toBe(2);
  expect(dropped.program.dispatchesPerStep).toBe(1);
});

test("a tensor above the device's limits is refused before any submit, by name", async () => {
  const { submits, liveBuffers } = engine.device.counters;
  const side = Math.ceil(Math.sqrt((engine.device.limits.maxBufferSize ?? 0) / 4)) + 8;
  const build = ({ x }: { x: Parameters<typeof relu>[0] }) => ({ y: matmul(x, x, { transposeB: true }) });
  const compiled = engine.compile(build, { x: { shape: [side, 4], dtype: "f32" } });
  await expect(compiled).rejects.toThrow(OutOfMemoryError);
  await expect(compiled).rejects.toThrow(/matmul.*maxBufferSize|matmul.*maxStorageBufferBindingSize/);
  expect(engine.device.counters.submits).toBe(submits);
  expect(engine.device.counters.liveBuffers).toBe(liveBuffers);
});

test("an output that is state shows it as it was before the step", async () => {
  const state = new State("counter", { shape: [4], dtype: "f32" }, Float32Array.of(1, 2, 3, 4));
  const step = await engine.compile<never>(() => {
    const value = stateTensor(state);
    return { old: value, updates: [{ state, value: mul(value, value) }] };
  }, {});
  expect([...((await step.run({}))["old"] ?? [])]).toEqual([1, 2, 3, 4]);
  expect([...((await step.run({}))["old"] ?? [])]).toEqual([1, 4, 9, 16]);
  expect([...(await engine.readState(state))]).toEqual([1, 16, 81, 256]);
});

test("mismatched shapes and missing inputs are named", async () => {
  const a = engine.tensor(new Float32Array(6), [2, 3]);
  expect(() => matmul(a, a)).toThrow(/matmul: the inner sizes differ; got f32\[2, 3\] and f32\[2, 3\]/);
  const step = await engine.compile(({ x }) => ({ y: relu(x) }), { x: { shape: [4], dtype: "f32" } });
  await expect(step.run({ x: new Float32Array(5) })).rejects.toThrow(ShapeError);
});

function countersOf({ device: { counters } }: Engine) {
  const { buffersCreated, bindGroupsCreated, pipelinesCreated, readbacks, submits, writes, liveBuffers } =
    counters;
  return { buffersCreated, bindGroupsCreated, pipelinesCreated, readbacks, submits, writes, liveBuffers };
}
