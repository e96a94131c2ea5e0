import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Op } from "../../src/graph/op.ts";
import type { Kernel } from "../../src/kernels/kernel.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { PipelineCache } from "../../src/kernels/pipelines.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { tuningKey } from "../../src/kernels/tuning_key.ts";
import { listHash, TuningTable } from "../../src/kernels/tuning_table.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { routes } from "../../src/ops/convolution_routes.ts";
import { matmul, matmulOp } from "../../src/ops/matmul.ts";
import type { Program } from "../../src/plan/program.ts";
import type { Entrant } from "../../src/plan/tuning/contest.ts";
import { contest } from "../../src/plan/tuning/contest.ts";
import { tuneKernel } from "../../src/plan/tuning/tune_kernels.ts";
import type { Bench } from "../../src/plan/tuning/workload.ts";
import { TuningEngine } from "../../src/plan/tuning_engine.ts";
import { convolutionalStep } from "../support/networks.ts";
import { openTestDevice } from "../support/open.ts";

let engine: TuningEngine;
let bench: Bench;
beforeAll(async () => {
  engine = new TuningEngine(await openTestDevice());
  const { device, traits } = engine;
  bench = { device, traits, pipelines: new PipelineCache(device) };
});
afterAll(() => engine.dispose());

const random = (count: number): Float32Array => new RandomStream(5).fillNormal(new Float32Array(count), 0, 1);

const rows = { ...firstStep, learningRate: 1e-2, coefficient1: 10, coefficient2: 1000 };

describe("a training step", () => {
  const network = convolutionalStep(4);
  const batch = { x: random(elementCount(network.inputs.x.shape)), y: Uint32Array.of(0, 1, 2, 3) };

  it("goes on with its state and inputs, with the same results but for rounding", async () => {
    const step = await engine.compile(network.build, network.inputs);
    const twin = await engine.compile(convolutionalStep(4).build, network.inputs);
    for (const own of [step, twin]) {
      own.upload(batch);
      own.replay([rows]);
    }
    await twin.read("loss");
    // The tuned program takes the place of the untuned one, and has its own number of buffers.
    const others = liveButStaging() - buffersOf(step.program);
    const seen: string[] = [];
    const report = await engine.tune(step, {
      label: "a step",
      // However little it takes here: a fast adapter would leave everything out.
      leastShare: 0,
      onProgress: ({ what }) => seen.push(what),
    });
    expect(liveButStaging() - buffersOf(step.program)).toBe(others);
    expect(seen.length).toBe(report.measured.size + report.skipped - sharedRoutes(report.measured));
    expect(report.program.label).toBe("a step");
    expect([...engine.tuning.programs.values()]).toEqual([report.program]);
    expect(report.skipped).toBe(0);
    const measuredRoutes = [...report.measured].filter(([key]) => key.includes("route"));
    expect(measuredRoutes.length).toBeGreaterThan(0);
    const tried = measuredRoutes.flatMap(([, { candidates }]) => candidates.map(({ name }) => name));
    expect(new Set(tried)).toEqual(new Set(routes));
    for (const entry of report.measured.values()) {
      expect(entry.candidates[0]?.name).toBe(entry.default);
      expect(entry.candidates.map(({ name }) => name)).toContain(entry.choice);
      expect(entry.candidates.filter(({ out }) => out?.startsWith("wrong"))).toEqual([]);
    }
    // The twin trained the step before from the same parameters, and was left alone.
    for (const own of [step, twin]) own.replay([{ ...rows, index: 1 }]);
    const [tuned, plain] = [await step.read("loss"), await twin.read("loss")];
    expect(plain[0]).toBeGreaterThan(0);
    expect(Math.abs((tuned[0] ?? Number.NaN) - (plain[0] ?? Number.NaN))).toBeLessThan(1e-4);
    step.dispose();
    twin.dispose();
  });

  it("compiles to what its table says, also from JSON", async () => {
    const table = TuningTable.parse(JSON.stringify(engine.tuning));
    table.setProgram("other", { ...[...table.programs.values()][0], use: "tuned" } as never);
    const other = new TuningEngine(engine.device, table);
    const [first, second] = [
      await engine.compile(network.build, network.inputs),
      await other.compile(network.build, network.inputs),
    ];
    const kernels = (own: typeof first) => own.program.plan.dispatches.map(({ kernel }) => kernel.name);
    expect(kernels(second)).toEqual(kernels(first));
    first.dispose();
    second.dispose();
  });

  /** Live buffers but those of readbacks, of which results of another size may need another. */
  function liveButStaging(): number {
    const { liveBuffers, stagingBuffers } = engine.device.counters;
    return liveBuffers - stagingBuffers;
  }

  /** Slots, inputs, constants, parameters and step values; state is the engine's. */
  function buffersOf({ plan }: Program): number {
    const fixed = plan.cells.filter(({ home }) => home.kind === "input" || home.kind === "constant");
    return plan.slotBytes.length + fixed.length + 2;
  }

  /** Entries of a group are measured in one contest. */
  function sharedRoutes(measured: ReadonlyMap<string, unknown>): number {
    return [...measured.keys()].filter((key) => key.includes("route sharing columns")).length / 2;
  }
});

describe("the kernels of a product", () => {
  const request = {
    inputs: [
      { shape: [64, 96], dtype: "f32" as const },
      { shape: [96, 64], dtype: "f32" as const },
    ],
    outputs: [{ shape: [64, 64], dtype: "f32" as const }],
    attributes: { transposeA: false, transposeB: false },
  };
  const kernels = matmulOp.kernels.filter(({ file }) => !file.includes("workgroup"));
  const usual = kernels.find(({ file }) => file === "matmul/register_vec4");

  const tuneWith = (list: readonly Kernel<never>[], first: Kernel<never> | undefined) =>
    tuneKernel(
      bench,
      { op: { ...matmulOp, kernels: list } as unknown as Op, kernel: first as Kernel, request },
      {},
    );

  it("are out where they are wrong or do not compile, however fast", async () => {
    const wrong = { ...usual, name: "half", workgroups: () => 1 } as Kernel<never>;
    const broken = { ...usual, name: "broken", constants: () => ({ TM: 0 }) } as unknown as Kernel<never>;
    const entry = await tuneWith(
      [usual, wrong, broken, kernels.at(-1)] as Kernel<never>[],
      usual as Kernel<never>,
    );
    const outs = new Map(
      entry?.candidates.map(({ name, out, milliseconds }) => [name, { out, milliseconds }]),
    );
    expect(outs.get("half")?.out).toMatch(/^wrong: output 0, element \d+: got 0, expected /);
    expect(outs.get("half")?.milliseconds).toBeNull();
    expect(outs.get("broken")?.out).toMatch(/^failed: /);
    expect(["half", "broken"]).not.toContain(entry?.choice);
  });

  it("are not tried where the default takes too little time", async () => {
    const job = { op: matmulOp as unknown as Op, kernel: usual as unknown as Kernel, request };
    expect(await tuneKernel(bench, job, { worthwhile: () => false })).toBeNull();
  });

  it("serve a step whose table picks them, and fall back where they do not accept", async () => {
    const picked = "matmul/naive";
    const table = new TuningTable(engine.tuning.adapter);
    const names = matmulOp.kernels.map(({ name }) => name);
    const found = { choice: picked, default: "", ratio: 2, noise: 0, candidates: [], list: listHash(names) };
    table.set(tuningKey("matmul", request), found);
    const tuned = new TuningEngine(engine.device, table);
    const [a, b] = request.inputs;
    if (!a || !b) throw new Error("a product without factors");
    const values = { a: random(64 * 96), b: random(96 * 64) };
    const results: TypedArray[] = [];
    const used: string[] = [];
    for (const own of [engine, tuned]) {
      const step = await own.compile((given) => ({ c: matmul(given.a, given.b) }), { a, b });
      used.push(step.program.plan.dispatches[0]?.kernel.name ?? "");
      results.push((await step.run(values))["c"] ?? new Float32Array());
      step.dispose();
    }
    expect(used[1]).toBe(picked);
    expect(used[0]).not.toBe(picked);
    const worst = Math.max(
      ...[...(results[0] ?? [])].map((value, index) => Math.abs(value - (results[1]?.[index] ?? Number.NaN))),
    );
    expect(worst).toBeLessThan(1e-4);
  });
});

describe("a contest", () => {
  const size = 256;
  const compile = async (times: number) => {
    const step = await engine.compile(
      ({ a, b }) => {
        let c = matmul(a, b);
        for (let count = 1; count < times; count++) c = matmul(c, b);
        return { c };
      },
      { a: { shape: [size, size], dtype: "f32" }, b: { shape: [size, size], dtype: "f32" } },
    );
    return step.program;
  };
  const entrant = (name: string, times: number): Entrant => ({ name, prepare: () => compile(times) });
  const check = () => Promise.resolve(null);
  /** A millisecond a dispatch and a tenth more or less, but for the one call that the machine is busy in. */
  const clockOf = (busy = -1) => {
    let call = 0;
    return (program: Program, runs: number) => {
      const late = call === busy ? 50 : 1;
      const scatter = 1 + 0.1 * Math.sin(12.9898 * call++);
      return Promise.resolve(program.plan.dispatches.length * runs * late * scatter);
    };
  };

  it("is won by who does a quarter of the work, and kept by a default that nobody beats", async () => {
    const rules = { check, clock: clockOf() };
    const won = await contest(engine.device, [entrant("four", 4), entrant("one", 1)], rules);
    expect(won).toMatchObject({ choice: "one" });
    expect(won?.ratio).toBeGreaterThan(3);
    expect(won?.ratio).toBeLessThan(5);
    const kept = await contest(engine.device, [entrant("one", 1), entrant("four", 4)], rules);
    expect(kept).toMatchObject({ choice: "one", ratio: 1 });
    expect(kept?.candidates[1]?.out).toMatch(/^slow: /);
  });

  it("is won all the same where the machine was busy in any one sample", async () => {
    for (let busy = 0; busy < 16; busy++) {
      const rules = { check, clock: clockOf(busy) };
      const outcome = await contest(engine.device, [entrant("two", 2), entrant("one", 1)], rules);
      expect({ busy, choice: outcome?.choice }).toEqual({ busy, choice: "one" });
    }
  });

  it("leaves alone a default that others beat by no more than their times scatter", async () => {
    const rules = { check, clock: clockOf() };
    const outcome = await contest(engine.device, [entrant("one", 1), entrant("other", 1)], rules);
    expect(outcome).toMatchObject({ choice: "one", ratio: 1 });
    expect(outcome?.noise).toBeGreaterThan(0.03);
  });

  it("takes the wall clock where it is given none", async () => {
    const rivals = [entrant("one", 1), entrant("sixteen", 16)];
    const outcome = await contest(engine.device, rivals, { check });
    const [one, sixteen] = (outcome?.candidates ?? []).map(({ milliseconds }) => milliseconds ?? 0);
    expect(one).toBeGreaterThan(0.01);
    expect(sixteen).toBeGreaterThan(one ?? Number.NaN);
  });

  it("leaves a default that is wrong", async () => {
    let first = true;
    const outcome = await contest(engine.device, [entrant("wrong", 1), entrant("right", 4)], {
      check: () => {
        const wrong = first ? "it differs" : null;
        first = false;
        return Promise.resolve(wrong);
      },
    });
    expect(outcome).toMatchObject({ choice: "right" });
    expect(outcome?.candidates[0]).toEqual({ name: "wrong", milliseconds: null, out: "wrong: it differs" });
  });
});
