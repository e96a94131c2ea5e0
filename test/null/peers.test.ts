import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { differentLosses, kernelComparison } from "../../src/benchmarks/comparison.ts";
import { caseValues } from "../../src/benchmarks/kernel_case.ts";
import { kernelCases } from "../../src/benchmarks/kernel_cases.ts";
import { modelOf } from "../../src/benchmarks/networks.ts";
import type { Comparison, Peer, PeerKernel, PeerTraining } from "../../src/benchmarks/peer.ts";
import { PeerWatch } from "../../src/benchmarks/peer_watch.ts";
import { stepCases } from "../../src/benchmarks/step_rows.ts";
import { runGuarded } from "../../src/cli/bench_guard.ts";
import { parsePeers, peersAsked } from "../../src/cli/bench_peers.ts";
import { benchDocument, benchText } from "../../src/cli/bench_report.ts";
import { UsageError } from "../../src/device/errors.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { adapter, row } from "../support/bench_rows.ts";

const options = { sampleMilliseconds: 1, rowMilliseconds: 20, leastSamples: 2, mostSamples: 4 };

interface Fake {
  readonly result?: Float32Array;
  readonly losses?: readonly number[];
  /** What goes wrong once it is timed. */
  readonly later?: string;
}

/** A peer that answers as it is told, and counts what is not released. */
class FakePeer implements Peer {
  readonly version = "1.2.3";
  open = 0;
  readonly #fake: Fake;

  constructor(fake: Fake) {
    this.#fake = fake;
  }

  async kernel(): Promise<PeerKernel> {
    this.open++;
    const { result = new Float32Array(), later } = this.#fake;
    return {
      result: async () => result,
      run: async () => {
        if (later) throw new Error(later);
        await new Promise((resolve) => setTimeout(resolve, 2));
      },
      release: () => this.open--,
    };
  }

  async training(): Promise<PeerTraining> {
    this.open++;
    const losses = [...(this.#fake.losses ?? [])];
    return {
      step: async () => losses.shift() ?? this.#after(),
      release: () => this.open--,
    };
  }

  #after(): number {
    if (this.#fake.later) throw new Error(this.#fake.later);
    return 1;
  }

  close(): void {}
}

/** What `against` says of a peer once it has taken its samples, beside a row of ours that takes 0.5 ms. */
async function compare(peer: Peer, comparison: Comparison) {
  const watch = await PeerWatch.prepare({ name: "fake", peer }, comparison, options);
  while (!watch.done) await watch.sample();
  const result = watch.result(0.5);
  watch.release();
  return result;
}

function productComparison(): { comparison: Comparison; right: Float32Array } {
  const given = kernelCases.find(({ case: sizes }) => sizes === "64×128×10");
  if (!given) throw new Error("the case is gone");
  const [a, b] = caseValues(given);
  const tensors = given.inputs.map(({ shape }, index) => inputTensor(`${index}`, { shape, dtype: "f32" }));
  const node = given.apply(tensors)[0]?.node;
  if (!a || !b || !node) throw new Error("the case has changed");
  const right = new Float32Array(640).map((_, index) => {
    let sum = 0;
    for (let k = 0; k < 128; k++)
      sum += (a[Math.floor(index / 10) * 128 + k] ?? 0) * (b[k * 10 + (index % 10)] ?? 0);
    return sum;
  });
  const cost = { flops: 1, bytes: 1 };
  const values = [a, b];
  return {
    comparison: kernelComparison({ op: "matmul", given, values, node, cost, step: firstStep }),
    right,
  };
}

const training: Comparison = {
  kind: "training",
  task: () => {
    throw new Error("a fake needs none");
  },
  check: (losses) => differentLosses([3, 2.5, 2.2, 2, 1.9], losses),
};
const fakeTraining: Comparison = { ...training, task: () => ({}) as never };

describe("a peer beside a row", () => {
  it("has a time and a ratio where its kernel is right", async () => {
    const { comparison, right } = productComparison();
    const peer = new FakePeer({ result: right });
    const { milliseconds, ratio, version, error } = await compare(peer, comparison);
    expect({ version, error, open: peer.open }).toEqual({ version: "1.2.3", error: undefined, open: 0 });
    expect(milliseconds?.min).toBeGreaterThan(0);
    expect(ratio).toBe((milliseconds?.median ?? 0) / 0.5);
  });

  it("has no time where one element of its kernel is wrong", async () => {
    const { comparison, right } = productComparison();
    right[639] = (right[639] ?? 0) + 1e-3;
    const peer = new FakePeer({ result: right });
    const { error, ...rest } = await compare(peer, comparison);
    expect(rest).toEqual({ milliseconds: null, ratio: null, version: "1.2.3" });
    expect(error).toMatch(/^c\[639\]: got /);
    expect(peer.open).toBe(0);
  });

  it("has no time where its result is short, or where it fails while it is timed", async () => {
    const { comparison, right } = productComparison();
    expect((await compare(new FakePeer({ result: right.slice(0, 9) }), comparison)).error).toContain("NaN");
    const failing = new FakePeer({ result: right, later: "out of memory" });
    expect(await compare(failing, comparison)).toEqual({
      milliseconds: null,
      ratio: null,
      version: "1.2.3",
      error: "out of memory",
    });
    expect(failing.open).toBe(0);
  });

  it("has a time where its losses are ours, and none where a later one strays", async () => {
    const right = await compare(new FakePeer({ losses: [3, 2.5001, 2.2, 2, 1.9001] }), fakeTraining);
    expect(right.error).toBeUndefined();
    expect(right.ratio).not.toBeNull();
    const wrong = await compare(new FakePeer({ losses: [3, 2.5, 2.2, 2.01, 1.9] }), fakeTraining);
    expect(wrong.milliseconds).toBeNull();
    expect(wrong.error).toBe("the loss of step 4: got 2.01, expected 2");
  });

  it("takes no loss that is not a number, and not too few or too many", () => {
    expect(differentLosses([3, 2], [3, Number.NaN])).toContain("got NaN");
    expect(differentLosses([3, 2], [])).toContain("internal");
    expect(differentLosses([3, 2], [3, 2, 1])).toContain("internal");
    expect(differentLosses([3, 2], [3])).toBeNull();
  });

  it("says why where a peer did not start or cannot do the task", async () => {
    const watch = await PeerWatch.prepare({ name: "fake", error: "no backend" }, training, options);
    expect(watch.done).toBe(true);
    expect(watch.result(1)).toEqual({ milliseconds: null, ratio: null, version: null, error: "no backend" });
    expect((await compare(new FakePeer({}), training)).error).toBe("a fake needs none");
  });
});

describe("tasks for peers", () => {
  it("are as many tensors as a network's layers have parameters", () => {
    for (const { layers, shape } of stepCases) {
      const withParameters = layers.filter(({ kind }) => kind === "dense" || kind === "conv2d").length;
      const { parameters } = modelOf(layers).build(shape);
      expect(parameters.map(({ kind }) => kind)).toEqual(
        Array.from({ length: withParameters }, () => ["weight", "bias"]).flat(),
      );
    }
  });

  it("are the products without transposes and all convolutions", () => {
    const asked = kernelCases.filter(({ peerOp }) => peerOp).map(({ name, peerOp }) => [name, peerOp]);
    for (const [name, op] of asked) expect(op).toBe(name);
    expect(new Set(asked.map(([name]) => name)).size).toBe(4);
    expect(kernelCases.filter((given) => given.peerOp && /nt|tn/.test(given.case))).toEqual([]);
  });
});

const against = {
  tfjs: { milliseconds: { min: 70, median: 74.56, max: 80 }, ratio: 7.456, version: "4.22.0" },
  jax: { milliseconds: null, ratio: null, version: "0.1.25", error: "c[3]: got 0, expected 1" },
};
const peaks = { gflops: 10, gigabytesPerSecond: 5 };

describe("the report", () => {
  it("has the peers in JSON on the rows that have them", () => {
    const document = benchDocument(adapter, peaks, [
      { row: { ...row, against }, compared: null },
      { row, compared: null },
    ]);
    const [first, second] = JSON.parse(JSON.stringify(document)).rows;
    expect(first.against).toEqual(against);
    expect(second).not.toHaveProperty("against");
  });

  it("has a column a peer, and says why one has no time", () => {
    const text = benchText(peaks, [
      { row: { ...row, against }, compared: null },
      { row: { ...row, name: "sum" }, compared: null },
    ]);
    const cells = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    const line = (name: string) => cells.find((parts) => parts[1] === name) ?? [];
    expect(line("Benchmark").slice(-3, -1)).toEqual(["tfjs ×", "jax ×"]);
    expect(line("matmul").slice(-3, -1)).toEqual(["7.46", "none"]);
    expect(line("sum").slice(-3, -1)).toEqual(["", ""]);
    expect(text).toContain("jax 0.1.25, matmul 4×4×4: c[3]: got 0, expected 1");
    expect(benchText(peaks, [{ row, compared: null }])).not.toMatch(/tfjs|jax/);
  });
});

describe("--against", () => {
  it("takes each known name once, in the order given", () => {
    expect(parsePeers("jax, tfjs,jax")).toEqual(["jax", "tfjs"]);
    expect(peersAsked({})).toEqual([]);
    for (const wrong of ["", "torch", "tfjs,", "TFJS"]) expect(() => parsePeers(wrong)).toThrow(UsageError);
  });

  it("excludes --unchecked", () => {
    expect(() => peersAsked({ against: "jax", unchecked: true })).toThrow("--unchecked");
  });

  it("tells a crash of the guarded process from an exit code", async () => {
    const folder = mkdtempSync(join(tmpdir(), "wgrad-guard-"));
    try {
      const script = join(folder, "end.mjs");
      writeFileSync(
        script,
        'if (process.argv[3] === "written") process.send(1);\n' +
          'if (process.argv[2] === "crash") process.kill(process.pid, "SIGKILL"); else process.exitCode = 3;\n' +
          'process.once("disconnect", () => process.exit()); process.channel.unref();\n',
      );
      expect(await runGuarded(script, [])).toEqual({ code: 3 });
      expect(await runGuarded(script, ["crash"])).toEqual({ signal: "SIGKILL" });
      expect(await runGuarded(script, ["crash", "written"])).toEqual({ code: 1 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
