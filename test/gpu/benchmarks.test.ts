import { afterAll, beforeAll, expect, it } from "vitest";
import type { Candidate } from "../../src/benchmarks/candidate.ts";
import { kernelCase } from "../../src/benchmarks/kernel_case.ts";
import { kernelCandidates } from "../../src/benchmarks/kernel_rows.ts";
import type { AskedPeer, Comparison, Peer } from "../../src/benchmarks/peer.ts";
import { runBenchmarks } from "../../src/benchmarks/run.ts";
import type { Device } from "../../src/device/device.ts";
import { traitsOf } from "../../src/device/traits.ts";
import { matmulOp } from "../../src/ops/matmul.ts";
import { openTestDevice } from "../support/open.ts";

let device: Device;
beforeAll(async () => {
  device = await openTestDevice();
});
afterAll(() => device.dispose());

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
