import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Candidate } from "../../src/benchmarks/candidate.ts";
import { kernelCase } from "../../src/benchmarks/kernel_case.ts";
import { kernelCandidates } from "../../src/benchmarks/kernel_rows.ts";
import type { AskedPeer, Comparison, Peer } from "../../src/benchmarks/peer.ts";
import type { Profile } from "../../src/benchmarks/profile.ts";
import { profileStep } from "../../src/benchmarks/profile.ts";
import { recipeCandidate } from "../../src/benchmarks/recipe_step.ts";
import { runBenchmarks } from "../../src/benchmarks/run.ts";
import { runSeries } from "../../src/benchmarks/scaling.ts";
import { scalingSeries } from "../../src/benchmarks/scaling_series.ts";
import { stepCandidate, stepCases } from "../../src/benchmarks/step_rows.ts";
import type { Device } from "../../src/device/device.ts";
import { nodePlatform } from "../../src/device/node.ts";
import { openDevice } from "../../src/device/open.ts";
import { traitsOf } from "../../src/device/traits.ts";
import { matmulOp } from "../../src/ops/matmul.ts";
import { recipes } from "../../src/training/recipes.ts";
import { openTestDevice } from "../support/open.ts";

let device: Device;
let unchecked: Device;
beforeAll(async () => {
  device = await openTestDevice();
  unchecked = await openDevice(nodePlatform, { adapter: process.env["WGRAD_ADAPTER"], unchecked: true });
});
afterAll(() => {
  unchecked.dispose();
  device.dispose();
});

/** A product whose kernels do half of their workgroups, or all. */
function product(short: boolean): Candidate[] {
  const kernels = matmulOp.kernels.map((kernel) => ({
    ...kernel,
    workgroups: (request: Parameters<typeof kernel.workgroups>[0]) =>
      short ? Math.ceil(kernel.workgroups(request) / 2) : kernel.workgroups(request),
  }));
  const attributes = { transposeA: false, transposeB: false };
  const given = kernelCase({ ...matmulOp, kernels }, () => attributes, {
    case: short ? "wrong" : "right",
    inputs: [
      { shape: [96, 32], axes: "mk" },
      { shape: [32, 128], axes: "kn" },
    ],
    outputAxes: ["mn"],
    tolerance: { kind: "reduction", terms: 32 },
  });
  return kernelCandidates(given, traitsOf(device), false);
}

it("gives a wrong kernel no time, and one that does not compile neither", async () => {
  const broken: Candidate = {
    name: "broken",
    case: "",
    variant: "",
    prepare: () => Promise.reject(new Error("it does not compile")),
  };
  const peaks = { gflops: 1, gigabytesPerSecond: 1 };
  const options = { peaks, sampleMilliseconds: 2, rowMilliseconds: 20 };
  const rows = await runBenchmarks(device, [...product(false), ...product(true), broken], options);
  expect(rows.map(({ case: sizes, measured }) => [sizes, measured !== null])).toEqual([
    ["right", true],
    ["wrong", false],
    ["", false],
  ]);
  expect(rows[0]?.measured?.milliseconds.min).toBeGreaterThan(0);
  expect(rows[1]?.error).toMatch(/^c\[\d+\]: got 0, expected /);
  expect(rows[2]?.error).toBe("it does not compile");
});

it("times both devices, and neither where one is wrong", async () => {
  const peaks = { gflops: 1, gigabytesPerSecond: 1 };
  const options = { peaks, unchecked, sampleMilliseconds: 2, rowMilliseconds: 20 };
  const [right] = product(false);
  if (!right) throw new Error("no product");
  const wrongThere: Candidate = {
    ...right,
    variant: "wrong without bounds checks",
    prepare: async (where) => {
      const subject = await right.prepare(where);
      return where === unchecked ? { ...subject, check: async () => "it errs" } : subject;
    },
  };
  const rows = await runBenchmarks(device, [right, wrongThere], options);
  expect(rows[0]?.error).toBeNull();
  expect(rows[0]?.measured?.uncheckedMilliseconds?.min).toBeGreaterThan(0);
  expect(rows[1]).toMatchObject({ measured: null, error: "without bounds checks: it errs" });
});

describe("a profile", () => {
  const peaks = { gflops: 1, gigabytesPerSecond: 1 };

  async function profiled(clock?: "wall"): Promise<Profile> {
    const tiny = stepCases.find(({ name }) => name === "step/tiny");
    if (!tiny) throw new Error("no step/tiny");
    const candidate = stepCandidate(tiny);
    const subject = await candidate.prepare(device);
    try {
      expect(await subject.check()).toBeNull();
      return await profileStep(device, candidate, subject, {
        peaks,
        milliseconds: 200,
        ...(clock && { clock }),
      });
    } finally {
      subject.release();
    }
  }

  it.each([undefined, "wall"] as const)("gives each dispatch a time, by the clock %s", async (clock) => {
    const { dispatches, timeline, sumMilliseconds, stepMilliseconds, ...profile } = await profiled(clock);
    if (clock === "wall" || !device.features.has("timestamp-query")) expect(profile.clock).toBe("wall");
    expect(profile.clockProblem === null).toBe(profile.clock === "timestamps");
    expect(dispatches.length).toBeGreaterThan(10);
    expect(timeline).toHaveLength(dispatches.length);
    for (const { milliseconds } of dispatches) expect(milliseconds.median).toBeGreaterThan(0);
    expect(dispatches.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(sumMilliseconds).toBeCloseTo(
      dispatches.reduce((sum, { milliseconds }) => sum + milliseconds.median, 0),
    );
    expect(stepMilliseconds.min).toBeGreaterThan(0);
  });

  it.each(recipes.map((recipe) => [recipe.name, recipe] as const))(
    "%s's step is right",
    async (_, recipe) => {
      const subject = await recipeCandidate(recipe).prepare(device);
      try {
        expect(await subject.check()).toBeNull();
      } finally {
        subject.release();
      }
    },
  );
});

it("scales: a power of the size, and limits by name", async () => {
  const matmul = scalingSeries.find(({ name }) => name === "matmul");
  if (!matmul) throw new Error("no series of products");
  const peaks = { gflops: 1, gigabytesPerSecond: 1 };
  const options = { peaks, mostMilliseconds: 1e4, availableBytes: 64 << 20 };
  const series = { ...matmul, sizes: [16, 32, 64, 4096] };
  const { points, fit } = await runSeries(device, series, options);
  expect(points.map(({ error }) => error)).toEqual([null, null, null, null]);
  expect(points.map(({ measured }) => measured !== null)).toEqual([true, true, true, false]);
  expect(points[3]?.limit).toMatchObject({ name: "memory", allowed: 64 << 20 });
  expect(fit).toMatchObject({ from: 32, to: 64, points: 2 });
  const quick = await runSeries(
    device,
    { ...series, sizes: [16, 2048] },
    { ...options, mostMilliseconds: 1e-6 },
  );
  expect(quick.points[0]?.measured).not.toBeNull();
  expect(quick.points[1]?.limit).toMatchObject({ name: "memory" });
  const slow = { ...options, availableBytes: 2 ** 40, mostMilliseconds: 1e-6 };
  const stopped = await runSeries(device, { ...series, sizes: [16, 2048] }, slow);
  expect(stopped.points[1]?.predictedMilliseconds).toBeGreaterThan(0);
});

it("times a peer in turns with us, and only where its result is right", async () => {
  const [right] = product(false);
  if (!right) throw new Error("there is no product");
  const fake = (name: string, factor: number): AskedPeer => ({ name, peer: new CpuPeer(factor) });
  const peers: AskedPeer[] = [fake("same", 1), fake("wrong", 1.001), { name: "absent", error: "no backend" }];
  const withPeers = {
    ...right,
    prepare: async (given: Device) => ({ ...(await right.prepare(given)), comparison }),
  };
  const progress: number[] = [];
  const [row, other] = await runBenchmarks(device, [withPeers, right], {
    peaks: { gflops: 1, gigabytesPerSecond: 1 },
    sampleMilliseconds: 2,
    rowMilliseconds: 20,
    peers,
    onProgress: (done, total) => progress.push(done / total),
  });
  expect(row?.error).toBeNull();
  expect(Object.keys(row?.against ?? {})).toEqual(["same", "wrong", "absent"]);
  const { same, wrong, absent } = row?.against ?? {};
  const own = row?.measured?.milliseconds.median ?? 0;
  expect(same?.ratio).toBe((same?.milliseconds?.median ?? 0) / own);
  expect(wrong).toMatchObject({ milliseconds: null, ratio: null, error: "wrong at 0" });
  expect(absent).toEqual({ milliseconds: null, ratio: null, version: null, error: "no backend" });
  expect(other?.against).toBeUndefined();
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
});

/** Answers with ones times a factor, which is right where it is 1. */
class CpuPeer implements Peer {
  readonly version = "1.0.0";
  readonly #factor: number;

  constructor(factor: number) {
    this.#factor = factor;
  }

  async kernel() {
    return {
      result: async () => new Float32Array(4).fill(this.#factor),
      run: () => new Promise<void>((resolve) => setTimeout(resolve, 1)),
      release: () => {},
    };
  }

  training(): Promise<never> {
    return Promise.reject(new Error("not asked for"));
  }

  close(): void {}
}

const comparison: Comparison = {
  kind: "kernel",
  task: () => ({ op: "matmul", inputs: [], outputShape: [4] }),
  check: (result) => (result[0] === 1 ? null : "wrong at 0"),
};
