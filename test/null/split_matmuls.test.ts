import { describe, expect, it } from "vitest";
import { sortedNodes, traceGraph } from "../../src/graph/graph.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import { attributesOf } from "../../src/graph/op.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { add } from "../../src/ops/add.ts";
import { matmul, matmulOp } from "../../src/ops/matmul.ts";
import { splitInner } from "../../src/ops/split_matmul.ts";
import { runPasses } from "../../src/plan/passes/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { buildCase } from "../../src/validation/subject.ts";

/** What the passes make of a function of matrices: the ops that compute, and the parts of each product. */
function rewritten(shapes: readonly Shape[], build: (inputs: readonly Tensor[]) => Tensor) {
  const inputs = shapes.map((shape, index) => inputTensor(`in${index}`, { shape, dtype: "f32" }));
  const graph = runPasses(traceGraph(() => ({ outputs: new Map([["out", build(inputs)]]), updates: [] })));
  const nodes = sortedNodes([...graph.outputs.values()]).filter(({ op }) => op.kernels.length > 0);
  const parts = nodes
    .filter(({ op }) => op.name === matmulOp.name)
    .map((node) => attributesOf(matmulOp, node).parts ?? 1);
  return { ops: nodes.map(({ op }) => op.name), parts, shape: graph.outputs.get("out")?.shape };
}

describe("the inner dimension of a product", () => {
  it("stays whole where there are tiles enough, or the sums are short", () => {
    expect(splitInner(50_176, 4096, 512)).toBe(1);
    expect(splitInner(96, 9, 32)).toBe(1);
    expect(splitInner(50_177, 9, 32)).toBe(1);
  });

  it("is split into equal parts of whole vectors", () => {
    for (const [k, m, n] of [
      [50_176, 9, 32],
      [12_544, 288, 64],
      [1032, 25, 6],
      [999, 9, 8],
    ] as const) {
      const parts = splitInner(k, m, n);
      expect(parts).toBeGreaterThan(1);
      expect((k / parts) % (k % 4 === 0 ? 4 : 1)).toBe(0);
      expect(k / parts).toBeGreaterThanOrEqual(256);
    }
  });
});

describe("a product of few results", () => {
  const forms = [
    [[12_544, 128], [12_544, 10], { transposeA: true }],
    [[128, 12_544], [12_544, 10], {}],
    [[128, 12_544], [10, 12_544], { transposeB: true }],
    [[12_544, 128], [10, 12_544], { transposeA: true, transposeB: true }],
  ] as const;

  it.each(forms)("is split however it is stored: %j · %j", (a, b, options) => {
    const { ops, parts, shape } = rewritten([a, b], ([x, y]) => matmul(x as Tensor, y as Tensor, options));
    expect(ops).toEqual(["matmul", "sum"]);
    expect(parts).toEqual([splitInner(12_544, 128, 10)]);
    expect(shape).toEqual([128, 10]);
  });

  it("stays whole where fused work follows", () => {
    const { ops, parts } = rewritten([[128, 12_544], [12_544, 10], [10]], ([x, y, bias]) =>
      add(matmul(x as Tensor, y as Tensor), bias as Tensor),
    );
    expect(ops).toEqual(["matmul"]);
    expect(parts).toEqual([1]);
  });

  it("stays whole in a batch, or where it has few terms", () => {
    expect(
      rewritten(
        [
          [2, 8, 4096],
          [2, 4096, 8],
        ],
        ([x, y]) => matmul(x as Tensor, y as Tensor),
      ).parts,
    ).toEqual([1]);
    expect(
      rewritten(
        [
          [128, 64],
          [64, 10],
        ],
        ([x, y]) => matmul(x as Tensor, y as Tensor),
      ).parts,
    ).toEqual([1]);
  });
});

it("gives the product", () => {
  const inputs = [{ shape: [2048, 3] }, { shape: [2048, 5] }];
  const build = ([a, b]: readonly Tensor[]) => matmul(a as Tensor, b as Tensor, { transposeA: true });
  const plain = buildCase("splitMatmuls", { name: "product", inputs, build });
  const [whole] = plain.outputs;
  if (!whole) throw new Error("no product");
  const graph = runPasses({ outputs: new Map([["out", whole]]), updates: [], unread: [] });
  const [expected = [], got = []] = evaluateOnCpu([whole, ...graph.outputs.values()], {
    inputs: plain.values,
  });
  const error = Math.max(
    ...[...expected].map((value, index) => Math.abs(value - (got[index] ?? Number.NaN))),
  );
  expect(error).toBeLessThan(1e-10);
});
