import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AdapterSummary } from "../../src/device/adapter.ts";
import { tuningIdentity } from "../../src/device/adapter.ts";
import { DataError } from "../../src/device/errors.ts";
import { nodeTuningStore } from "../../src/device/node/tuning_folder.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { traceGraph } from "../../src/graph/graph.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { kernelHash } from "../../src/kernels/generated/hash.ts";
import type { KernelRequest } from "../../src/kernels/kernel.ts";
import { chooseKernel } from "../../src/kernels/kernel.ts";
import { givenTuning, loadTuning, storeTuning } from "../../src/kernels/stored_tuning.ts";
import { roundSize, tuningKey } from "../../src/kernels/tuning_key.ts";
import type { TuningEntry } from "../../src/kernels/tuning_table.ts";
import { listHash, TuningTable } from "../../src/kernels/tuning_table.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { conv2d, conv2dOp } from "../../src/ops/conv2d.ts";
import { conv2dFilterGradient } from "../../src/ops/conv2dFilterGradient.ts";
import { imagesOf, requestOf, routeSubject, routes } from "../../src/ops/convolution_routes.ts";
import { matmul, matmulOp } from "../../src/ops/matmul.ts";
import { planGraph } from "../../src/plan/plan_graph.ts";
import { programKey } from "../../src/plan/program_key.ts";
import { everyTrait } from "../support/traits.ts";

const f32 = (...shape: number[]) => ({ shape, dtype: "f32" as const });

function product(m: number, k: number, n: number, transposeB = false): KernelRequest {
  const b = transposeB ? f32(n, k) : f32(k, n);
  return { inputs: [f32(m, k), b], outputs: [f32(m, n)], attributes: { transposeA: false, transposeB } };
}

const matmulNames = matmulOp.kernels.map(({ name }) => name);
const slowest = "matmul/naive";

/** An answer that no rule would give. */
const entry = (choice: string, list: readonly string[], usual = "another"): TuningEntry => ({
  choice,
  default: usual,
  ratio: 2,
  noise: 0.1,
  candidates: [
    { name: usual, milliseconds: 2 },
    { name: choice, milliseconds: 1 },
    { name: "broken", milliseconds: null, out: "wrong: output 0" },
  ],
  list: listHash(list),
});

function tableWith(...answers: [key: string, entry: TuningEntry][]): TuningTable {
  const table = new TuningTable("adapter");
  for (const [key, answer] of answers) table.set(key, answer);
  return table;
}

describe("keys", () => {
  it("keep small sizes and round others up to a quarter of a power of two", () => {
    expect([1, 3, 10, 16].map(roundSize)).toEqual(["1", "3", "10", "16"]);
    expect([20, 64, 100, 112, 116, 784, 1000, 1024].map(roundSize)).toEqual([
      "20",
      "64",
      "112",
      "112",
      "128",
      "896",
      "1024",
      "1024",
    ]);
  });

  it("tell sizes of whole vectors from others", () => {
    expect(roundSize(97)).toBe("112r");
    expect(roundSize(100)).toBe("112");
  });

  it("are shared by shapes near each other and by no others", () => {
    const key = tuningKey("matmul", product(100, 784, 300));
    expect(tuningKey("matmul", product(104, 800, 320))).toBe(key);
    expect(tuningKey("matmul", product(64, 784, 300))).not.toBe(key);
    expect(tuningKey("matmul", product(100, 784, 10))).not.toBe(key);
    expect(tuningKey("matmul", product(100, 784, 300, true))).not.toBe(key);
    expect(tuningKey("other", product(100, 784, 300))).not.toBe(key);
  });

  it("know fused work but not its constants, and windows but not an optimizer's decay", () => {
    const epilogue = (name: string, value: number) => ({
      operands: ["value"],
      formula: {
        operands: 1,
        lines: [
          {
            function: name,
            arguments: [
              { kind: "operand", index: 0 },
              { kind: "constant", value },
            ],
          },
        ],
      },
    });
    const request = (attributes: unknown): KernelRequest => ({ ...product(8, 8, 8), attributes });
    const leaky = tuningKey("matmul", request({ epilogue: epilogue("leakyRelu", 0.1) }));
    expect(tuningKey("matmul", request({ epilogue: epilogue("leakyRelu", 0.2) }))).toBe(leaky);
    expect(tuningKey("matmul", request({ epilogue: epilogue("relu", 0) }))).not.toBe(leaky);
    expect(tuningKey("matmul", request({}))).not.toBe(leaky);
    expect(tuningKey("conv", request({ stride: [1, 2] }))).not.toBe(
      tuningKey("conv", request({ stride: [1, 1] })),
    );
    expect(tuningKey("adam", request({ beta1: 0.9 }))).toBe(tuningKey("adam", request({ beta1: 0.8 })));
  });
});

describe("a table", () => {
  const key = tuningKey("matmul", product(64, 64, 64));
  const verdict = {
    label: "a step",
    use: "untuned",
    untunedMilliseconds: 1,
    tunedMilliseconds: 1.1,
    ratio: 0.9,
    noise: 0.05,
    why: "slower",
  } as const;

  it("comes back from JSON as it was", () => {
    const table = tableWith([key, entry(slowest, matmulNames)]);
    table.setProgram("0123", verdict);
    const again = TuningTable.parse(JSON.stringify(table));
    expect(again.toJSON()).toEqual(table.toJSON());
    expect(again.toJSON()).toMatchObject({ version: 1, adapter: "adapter", kernelHash });
    expect(again.entries.get(key)?.candidates).toHaveLength(3);
    expect(again.pick("matmul", product(64, 64, 64), matmulNames)).toBe(slowest);
  });

  it.each([
    ["{", "no JSON"],
    ["[]", "no table"],
    [JSON.stringify({ version: 2, adapter: "a", kernelHash: "b" }), "version 2"],
    [JSON.stringify({ ...tableWith().toJSON(), entries: { key: { choice: 3 } } }), "damaged entry"],
    [JSON.stringify({ ...tableWith().toJSON(), programs: { key: { use: "maybe" } } }), "damaged verdict"],
  ])("refuses %s", (text, words) => {
    expect(() => TuningTable.parse(text)).toThrow(DataError);
    expect(() => TuningTable.parse(text)).toThrow(words);
  });

  it("is void for another adapter and for other kernels", () => {
    expect(tableWith().voidFor("adapter")).toBeNull();
    expect(tableWith().voidFor("other")).toContain("adapter");
    expect(new TuningTable("adapter", "0000").voidFor("adapter")).toContain("other kernels");
  });

  it("has no answer where the list of candidates changed, the default won, or nothing near was measured", () => {
    const request = product(64, 64, 64);
    const table = tableWith([key, entry(slowest, matmulNames)]);
    expect(table.pick("matmul", product(64, 64, 256), matmulNames)).toBeUndefined();
    expect(table.pick("matmul", request, [...matmulNames, "one more"])).toBeUndefined();
    const kept = tableWith([key, entry(slowest, matmulNames, slowest)]);
    expect(kept.pick("matmul", request, matmulNames)).toBeUndefined();
  });
});

describe("stored tables", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "wgrad-tuning-"));
    vi.stubEnv("WGRAD_TUNING", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = () => {
    const store = nodeTuningStore();
    if (!store) throw new Error("there is no store");
    return store;
  };
  const key = tuningKey("matmul", product(64, 64, 64));

  it("round-trip through a file, which is replaced as a whole", async () => {
    const table = tableWith([key, entry(slowest, matmulNames)]);
    expect(await loadTuning(open(), "adapter")).toMatchObject({ notice: null });
    expect(await storeTuning(open(), table)).toBeNull();
    expect(readdirSync(folder)).toEqual(["adapter.json"]);
    expect(JSON.parse(readFileSync(join(folder, "adapter.json"), "utf8"))).toEqual(table.toJSON());
    const { table: again, notice } = await loadTuning(open(), "adapter");
    expect(notice).toBeNull();
    expect(again.toJSON()).toEqual(table.toJSON());
    await open().remove("adapter");
    expect(readdirSync(folder)).toEqual([]);
    await open().remove("adapter");
  });

  it("are ignored with a notice where they are damaged or void", async () => {
    writeFileSync(join(folder, "adapter.json"), "{ half");
    const damaged = await loadTuning(open(), "adapter");
    expect(damaged.notice).toContain("no JSON");
    expect(damaged.table.entries.size).toBe(0);
    const old = new TuningTable("adapter", "0000");
    old.set(key, entry(slowest, matmulNames));
    await storeTuning(open(), old);
    const { table, notice } = await loadTuning(open(), "adapter");
    expect(notice).toContain("other kernels");
    expect(table.entries.size).toBe(0);
    expect(table.voidFor("adapter")).toBeNull();
  });

  it("are not stored where the folder cannot be written, which is said", async () => {
    writeFileSync(join(folder, "file"), "");
    vi.stubEnv("WGRAD_TUNING", join(folder, "file"));
    expect(await storeTuning(open(), tableWith())).toContain("cannot be stored");
  });

  it("are neither read nor written where that is switched off", () => {
    vi.stubEnv("WGRAD_TUNING", "off");
    expect(nodeTuningStore()).toBeUndefined();
  });

  it("lie in the user's cache by default", () => {
    vi.stubEnv("WGRAD_TUNING", "");
    vi.stubEnv("XDG_CACHE_HOME", folder);
    vi.stubEnv("LOCALAPPDATA", folder);
    if (process.platform === "darwin") return;
    expect(open().placeOf("adapter")).toBe(join(folder, "wgrad", "tuning", "adapter.json"));
  });

  it("that an app brings are the adapter's or none", () => {
    const own = tableWith([key, entry(slowest, matmulNames)]).toJSON();
    const other = new TuningTable("other").toJSON();
    expect(givenTuning([other, own], "adapter").table.entries.size).toBe(1);
    expect(givenTuning(other, "adapter").notice).toContain("other");
    expect(() => givenTuning({}, "adapter")).toThrow(DataError);
  });

  it("are kept under the adapter's name", () => {
    const adapter: AdapterSummary = {
      vendor: "mesa",
      architecture: "",
      device: "llvmpipe (LLVM 15.0.6, 256 bits)",
      description: "../up",
      software: true,
      source: "system software driver",
      subgroupMinSize: null,
    };
    expect(tuningIdentity(adapter)).toBe("mesa-llvmpipe-llvm-15.0.6-256-bits-..-up");
    expect(tuningIdentity(adapter, true)).toContain("unchecked");
  });
});

describe("choosing", () => {
  const software = { ...everyTrait, software: true, barriersAreDear: true };

  it("takes what tuning picked, where it accepts", () => {
    const request = product(64, 64, 64) as Parameters<
      typeof chooseKernel<{ transposeA: boolean; transposeB: boolean }>
    >[1];
    const untuned = chooseKernel(matmulOp.kernels, request, software)?.name;
    expect(chooseKernel(matmulOp.kernels, request, software, slowest)?.name).toBe(slowest);
    expect(chooseKernel(matmulOp.kernels, request, software, "matmul/gone")?.name).toBe(untuned);
    // A winner of whole vectors does not do for a ragged shape.
    const ragged = { ...request, ...product(63, 63, 63), attributes: request.attributes };
    const vector = matmulNames.find((name) => name.startsWith("matmul/register_vec4")) ?? "";
    expect(chooseKernel(matmulOp.kernels, ragged, software, vector)?.name).not.toBe(vector);
  });

  const kernelsOf = (graph: Graph, tuning?: TuningTable) =>
    planGraph(graph, software, { tuning }).dispatches.map(({ kernel }) => kernel.file);

  const graphOf = (build: () => Record<string, Tensor>): Graph =>
    traceGraph(() => ({ outputs: new Map(Object.entries(build())), updates: [] }));

  const dense = () =>
    graphOf(() => ({ c: matmul(inputTensor("a", f32(64, 64)), inputTensor("b", f32(64, 64))) }));

  it("goes into plans, unless the whole program was no faster for it", () => {
    const graph = dense();
    const table = tableWith([tuningKey("matmul", product(64, 64, 64)), entry(slowest, matmulNames)]);
    expect(kernelsOf(graph)).toEqual(["matmul/register_vec4"]);
    expect(kernelsOf(graph, table)).toEqual([slowest]);
    const times = { untunedMilliseconds: 1, tunedMilliseconds: 1, ratio: 1, noise: 0 };
    table.setProgram(programKey(graph), { label: "", use: "untuned", ...times });
    expect(kernelsOf(graph, table)).toEqual(["matmul/register_vec4"]);
    expect(programKey(dense())).toBe(programKey(graph));
    expect(programKey(graph, ["deadCode"])).not.toBe(programKey(graph));
  });

  const image: Shape = [2, 8, 8, 4];
  const weights: Shape = [3, 3, 4, 8];
  const convolution = (withGradient: boolean) =>
    graphOf(() => {
      const x = inputTensor("x", f32(...image));
      const out = conv2d(x, inputTensor("w", f32(...weights)));
      if (!withGradient) return { out };
      const attributes = { ...(out.node.attributes as Parameters<typeof conv2dFilterGradient>[2]) };
      return { out, dw: conv2dFilterGradient(x, inputTensor("dy", f32(...out.shape)), attributes) };
    });

  /** The subject and the request of the forward pass. */
  function forwardOf(graph: Graph): [string, KernelRequest] {
    const node = graph.outputs.get("out")?.node;
    if (node?.op.name !== conv2dOp.name) throw new Error("no convolution");
    return [routeSubject(node, imagesOf(graph)), requestOf(node)];
  }

  it("goes into the routes of convolutions, apart for columns that serve two", () => {
    const [alone, shared] = [convolution(false), convolution(true)];
    const [subject, request] = forwardOf(alone);
    expect(subject).toBe("conv2d route");
    expect(forwardOf(shared)[0]).toBe("conv2d route sharing columns");
    expect(kernelsOf(alone)).toEqual(["im2col/im2col_vec4", "matmul/register_vec4"]);
    const table = tableWith([tuningKey(subject, request), entry("direct", routes, "columns")]);
    expect(kernelsOf(alone, table)).toEqual(["conv2d/register_vec4"]);
    expect(kernelsOf(shared, table)).toEqual(kernelsOf(shared));
    table.set(tuningKey(...forwardOf(shared)), entry("direct", routes, "columns"));
    expect(kernelsOf(shared, table)).toContain("conv2d/register_vec4");
  });
});
