import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vectorJacobianProduct } from "../../src/autograd/gradient.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape, TensorType } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { add } from "../../src/ops/add.ts";
import { conv2d } from "../../src/ops/conv2d.ts";
import type { ConvolutionOptions } from "../../src/ops/convolution.ts";
import { relu } from "../../src/ops/relu.ts";
import type { CompileOptions } from "../../src/plan/engine.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { openTestDevice } from "../support/open.ts";

let engine: Engine;
beforeAll(async () => {
  engine = new Engine(await openTestDevice());
});
afterAll(() => engine.dispose());

interface Given {
  readonly name: string;
  readonly shapes: Readonly<Record<"x" | "weights" | "bias" | "dy", Shape>>;
  readonly options: ConvolutionOptions;
}

const given: readonly Given[] = [
  {
    name: "whole vectors",
    shapes: { x: [2, 9, 8, 16], weights: [3, 3, 16, 24], bias: [24], dy: [2, 9, 8, 24] },
    options: { padding: "same" },
  },
  {
    name: "odd channels, stride 2",
    shapes: { x: [2, 9, 8, 6], weights: [3, 3, 6, 7], bias: [7], dy: [2, 5, 4, 7] },
    options: { padding: "same", stride: 2 },
  },
  {
    name: "depthwise",
    shapes: { x: [2, 9, 8, 12], weights: [3, 3, 1, 12], bias: [12], dy: [2, 9, 8, 12] },
    options: { padding: "same", groups: 12 },
  },
  {
    name: "groups",
    shapes: { x: [2, 9, 8, 16], weights: [3, 3, 8, 16], bias: [16], dy: [2, 7, 6, 16] },
    options: { groups: 2 },
  },
];

/** relu(x ∗ weights + bias) and its gradients at dy. */
function build({ x, weights, bias, dy }: Readonly<Record<string, Tensor>>, options: ConvolutionOptions) {
  if (!x || !weights || !bias || !dy) throw new Error("an input is missing");
  const y = relu(add(conv2d(x, weights, options), bias));
  const [dx, dweights] = vectorJacobianProduct(y, dy, [x, weights]);
  if (!dx || !dweights) throw new Error("a convolution without gradients");
  return { y, dx, dweights };
}

/** Names of tensors that only columns or Winograd's transforms make. */
const roundabout = /^(im2col|col2im|matmul|winograd)/;

describe.each(given)("a step of a convolution, $name", ({ shapes, options }) => {
  const random = new RandomStream(5);
  const entries = Object.entries(shapes).map(
    ([name, shape]) => [name, { shape, dtype: "f32" } as const] as const,
  );
  const types: Record<string, TensorType> = Object.fromEntries(entries);
  const values = Object.fromEntries(
    entries.map(([name, { shape }]) => [
      name,
      random.fillNormal(new Float32Array(elementCount(shape)), 0, 1),
    ]),
  );
  const leaves = Object.fromEntries(entries.map(([name, type]) => [name, inputTensor(name, type)]));
  const expected = evaluateOnCpu(Object.values(build(leaves, options)), {
    inputs: new Map(Object.entries(values)),
  });

  async function kernels(compile: CompileOptions) {
    const step = await engine.compile((inputs) => build(inputs, options), types, compile);
    const results = await step.run(values);
    ["y", "dx", "dweights"].forEach((name, index) => {
      const got = results[name] ?? new Float32Array();
      expect(got.length).toBe(expected[index]?.length);
      const errors = [...got].map((value, at) => Math.abs(value - (expected[index]?.[at] ?? Number.NaN)));
      expect(Math.max(...errors), name).toBeLessThan(1e-4);
    });
    const files = step.program.plan.dispatches.map(({ kernel }) => kernel.file);
    step.dispose();
    return files.filter((file) => roundabout.test(file));
  }

  test("is the same with a workspace and without", async () => {
    const grouped = (options.groups ?? 1) > 1;
    expect((await kernels({})).length > 0).toBe(!grouped);
    expect(await kernels({ workspaceBytes: 0 })).toEqual([]);
  });
});
