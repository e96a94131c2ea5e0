import { describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { sortedNodes, traceGraph } from "../../src/graph/graph.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import type { Epilogue } from "../../src/graph/op.ts";
import type { PassName } from "../../src/graph/pass_names.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { apply } from "../../src/graph/tensor.ts";
import { singleFormula, substitute } from "../../src/kernels/formula.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { add } from "../../src/ops/add.ts";
import { conv2d } from "../../src/ops/conv2d.ts";
import type { WindowAttributes, WindowOptions } from "../../src/ops/convolution.ts";
import { resolveGeometry } from "../../src/ops/convolution.ts";
import { convolutions } from "../../src/ops/convolution_ops.ts";
import {
  winogradConv2d,
  winogradConv2dFilterGradient,
  winogradConv2dInputGradient,
  winogradSuits,
} from "../../src/ops/lower_winograd.ts";
import { relu } from "../../src/ops/relu.ts";
import { square } from "../../src/ops/square.ts";
import { sum } from "../../src/ops/sum.ts";
import { winogradFilter } from "../../src/ops/winogradFilter.ts";
import { winogradFilterGradient } from "../../src/ops/winogradFilterGradient.ts";
import { winogradInput } from "../../src/ops/winogradInput.ts";
import { winogradInputGradient } from "../../src/ops/winogradInputGradient.ts";
import { winogradOutput } from "../../src/ops/winogradOutput.ts";
import { winogradOutputGradient } from "../../src/ops/winogradOutputGradient.ts";
import { runPasses } from "../../src/plan/passes/index.ts";
import { makePlan } from "../../src/plan/plan.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { tilings } from "../../src/validation/kit/tilings.ts";
import { buildCase } from "../../src/validation/subject.ts";
import { everyTrait } from "../support/traits.ts";

/** (value + bias) · operand */
const epilogue: Epilogue = {
  operands: ["bias", "value", "operand"],
  formula: substitute(
    singleFormula("mul", 2),
    [{ formula: singleFormula("add", 2), operands: [0, 1] }, 2],
    3,
  ),
};

const windows = (image: Shape, options: WindowOptions): WindowAttributes => ({
  ...resolveGeometry("conv2d", image, [3, 3], options),
  inputShape: image,
});

/** The largest difference between what two ways of writing a value give, in f64. */
function difference(
  shapes: readonly Shape[],
  build: (inputs: readonly Tensor[]) => [Tensor, Tensor],
): number {
  const inputs = shapes.map((shape) => ({ shape }));
  const graph = buildCase("winograd", { name: JSON.stringify(shapes), inputs, build });
  const [plain, lowered] = evaluateOnCpu(graph.outputs, { inputs: graph.values });
  const [first, second] = graph.outputs;
  expect(second?.type).toEqual(first?.type);
  return Math.max(
    ...[...(plain ?? [])].map((value, index) => Math.abs(value - (lowered?.[index] ?? Number.NaN))),
  );
}

describe.each(tilings)("$name", ({ image, padding, result }) => {
  const attributes = windows(image, { padding });
  const filters = result[3] ?? 1;
  const weights = [3, 3, image[3] ?? 1, filters];

  it("gives the convolution, with an epilogue of a bias and an operand too", () => {
    const plain = difference([image, weights], (inputs) => [
      apply(convolutions.forward, inputs, attributes),
      winogradConv2d(inputs, attributes),
    ]);
    const fused = { ...attributes, epilogue };
    const withEpilogue = difference([image, weights, [filters], result], (inputs) => [
      apply(convolutions.forward, inputs, fused),
      winogradConv2d(inputs, fused),
    ]);
    expect(Math.max(plain, withEpilogue)).toBeLessThan(1e-12);
  });

  it("gives the gradient of the image", () => {
    const error = difference([result, weights], (inputs) => [
      apply(convolutions.inputGradient, inputs, attributes),
      winogradConv2dInputGradient(inputs, attributes),
    ]);
    expect(error).toBeLessThan(1e-12);
  });

  it("gives the gradient of the filters", () => {
    const error = difference([image, result], (inputs) => [
      apply(convolutions.filterGradient, inputs, attributes),
      winogradConv2dFilterGradient(inputs, attributes),
    ]);
    expect(error).toBeLessThan(1e-11);
  });
});

it("gives the gradient of the filters where sums over the tiles are split", () => {
  const image = [8, 16, 16, 4];
  const attributes = windows(image, { padding: "same" });
  const error = difference([image, [8, 16, 16, 4]], (inputs) => [
    apply(convolutions.filterGradient, inputs, attributes),
    winogradConv2dFilterGradient(inputs, attributes),
  ]);
  const inputs = ["x", "dy"].map((name) => inputTensor(name, { shape: image, dtype: "f32" }));
  const nodes = sortedNodes([winogradConv2dFilterGradient(inputs, attributes)]);
  expect(nodes.map(({ op }) => op.name)).toContain("sum");
  expect(error).toBeLessThan(1e-11);
});

describe("the choice", () => {
  const image = [8, 14, 14, 16];
  const suits = (shape: Shape, filters: number, options: WindowOptions = { padding: "same" }) =>
    winogradSuits(windows(shape, options), filters);

  it("falls on convolutions by 3 × 3 with channels enough", () => {
    expect(suits(image, 8)).toBe(true);
    expect(suits(image, 8, { padding: 2 })).toBe(true);
    expect(suits([8, 14, 14, 12], 8)).toBe(false);
    expect(suits([8, 14, 14, 18], 8)).toBe(false);
    expect(suits(image, 4)).toBe(false);
    expect(suits(image, 10)).toBe(false);
    expect(suits([8, 3, 14, 16], 8)).toBe(false);
  });

  it("leaves other windows alone", () => {
    expect(suits(image, 8, { padding: "same", stride: 2 })).toBe(false);
    expect(suits(image, 8, { padding: "same", dilation: [1, 2] })).toBe(false);
    const geometry = resolveGeometry("conv2d", image, [3, 5], { padding: "same" });
    expect(winogradSuits({ ...geometry, inputShape: image }, 8)).toBe(false);
  });

  it("leaves alone what would not fit a binding", () => {
    expect(suits([64, 28, 28, 16], 160)).toBe(true);
    expect(suits([64, 28, 28, 16], 512)).toBe(false);
  });
});

describe("a step of a convolution", () => {
  /** Names of the ops that a step dispatches: relu(x ∗ w + b), the sum of its squares, its gradients. */
  function dispatched(without: readonly PassName[] = []): string[] {
    const graph = traceGraph(() => {
      const leaf = (name: string, shape: Shape) => inputTensor(name, { shape, dtype: "f32" });
      const x = leaf("x", [64, 14, 14, 32]);
      const weights = leaf("weights", [3, 3, 32, 64]);
      const bias = leaf("bias", [64]);
      const y = relu(add(conv2d(x, weights, { padding: "same" }), bias));
      const gradients = gradient(sum(square(y)), [x, weights]);
      const outputs = gradients.map((value, index) => [`gradient${index}`, value] as const);
      return { outputs: new Map([["y", y], ...outputs]), updates: [] };
    });
    const { dispatches } = makePlan(runPasses(graph, { without }), everyTrait);
    return dispatches.map(({ kernel }) => kernel.file.split("/")[0] ?? "").sort();
  }

  it("transforms the image, the filters and the cotangent once each", () => {
    expect(dispatched()).toEqual([
      "elementwise",
      "matmul",
      "matmul",
      "matmul",
      "reduce",
      "winogradFilter",
      "winogradFilterGradient",
      "winogradInput",
      "winogradInputGradient",
      "winogradOutput",
      "winogradOutputGradient",
    ]);
  });

  it("transforms the image, the filters and the cotangent again for each gradient without sharing", () => {
    const names = dispatched(["commonSubexpressions"]);
    const count = (name: string) => names.filter((other) => other === name).length;
    expect(["winogradInput", "winogradFilter", "winogradOutputGradient"].map(count)).toEqual([2, 2, 2]);
  });

  it("is columns again without the pass", () => {
    const names = dispatched(["winograd"]);
    expect(names.filter((name) => name.startsWith("winograd"))).toEqual([]);
    expect(names).toContain("im2col");
    expect(names).toContain("conv2dInputGradient");
  });
});

describe("transformed shapes", () => {
  const leaf = (shape: Shape) => inputTensor("leaf", { shape, dtype: "f32" });
  const padding = { top: 1, left: 1, bottom: 1, right: 1 };

  it("are checked", () => {
    expect(() => winogradFilter(leaf([3, 2, 4, 4]))).toThrow(/winogradFilter: .*\[3, 2, 4, 4\]/);
    expect(() => winogradOutput(leaf([16, 8, 4]), { resultShape: [1, 5, 5, 4] })).toThrow(
      /winogradOutput: .*\[16, 9, 4\]/,
    );
    expect(() => winogradInputGradient(leaf([16, 9, 4]), { inputShape: [1, 4, 4, 4], padding })).toThrow(
      /winogradInputGradient: .*\[16, 4, 4\]/,
    );
    const none = { top: 0, left: 0, bottom: 0, right: 0 };
    expect(() => winogradInput(leaf([1, 2, 5, 4]), none)).toThrow(/does not fit/);
  });

  it("are of whole vectors", () => {
    const image = leaf([1, 4, 4, 6]);
    expect(() => winogradInput(image, padding)).toThrow(/winogradInput: .*multiple of 4/);
    expect(() => winogradFilter(leaf([3, 3, 4, 5]))).toThrow(/winogradFilter: .*multiple of 4/);
    expect(() => winogradOutputGradient(image)).toThrow(/winogradOutputGradient: .*multiple of 4/);
    expect(() => winogradFilterGradient(leaf([16, 6, 4]))).toThrow(/winogradFilterGradient: .*multiple of 4/);
    expect(() => winogradOutput(leaf([16, 4, 6]), { resultShape: [1, 4, 4, 6] })).toThrow(/multiple of 4/);
    const image6 = { inputShape: [1, 4, 4, 6], padding };
    expect(() => winogradInputGradient(leaf([16, 4, 6]), image6)).toThrow(/multiple of 4/);
  });
});
