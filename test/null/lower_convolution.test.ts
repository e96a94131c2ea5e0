import { describe, expect, it } from "vitest";
import type { Epilogue } from "../../src/graph/op.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { apply } from "../../src/graph/tensor.ts";
import { singleFormula, substitute } from "../../src/kernels/formula.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { convolutions as convolutionOps } from "../../src/ops/convolution_ops.ts";
import {
  lowerConv2d,
  lowerFilterGradient,
  lowerFilterGradientToParts,
  lowerInputGradient,
} from "../../src/ops/lower_convolution.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { convolutions } from "../../src/validation/kit/convolutions.ts";
import { buildCase } from "../../src/validation/subject.ts";

/** (value + bias) · operand */
const epilogue: Epilogue = {
  operands: ["bias", "value", "operand"],
  formula: substitute(
    singleFormula("mul", 2),
    [{ formula: singleFormula("add", 2), operands: [0, 1] }, 2],
    3,
  ),
};

/** The largest difference between what two ways of writing a value give, in f64. */
function difference(
  shapes: readonly Shape[],
  build: (inputs: readonly Tensor[]) => [Tensor, Tensor],
): number {
  const inputs = shapes.map((shape) => ({ shape }));
  const graph = buildCase("lowerConvolution", { name: JSON.stringify(shapes), inputs, build });
  const [plain, lowered] = evaluateOnCpu(graph.outputs, { inputs: graph.values });
  const [first, second] = graph.outputs;
  expect(second?.type).toEqual(first?.type);
  return Math.max(
    ...[...(plain ?? [])].map((value, index) => Math.abs(value - (lowered?.[index] ?? Number.NaN))),
  );
}

describe.each(convolutions)("$name", ({ image, weights, result, attributes }) => {
  it("gives the convolution", () => {
    const error = difference([image, weights], (inputs) => [
      apply(convolutionOps.forward, inputs, attributes),
      lowerConv2d(inputs, attributes),
    ]);
    expect(error).toBeLessThan(1e-12);
  });

  it("gives the convolution with an epilogue of a bias and an operand", () => {
    const fused = { ...attributes, epilogue };
    const error = difference([image, weights, [weights[3] ?? 1], result], (inputs) => [
      apply(convolutionOps.forward, inputs, fused),
      lowerConv2d(inputs, fused),
    ]);
    expect(error).toBeLessThan(1e-12);
  });

  it("gives the gradient of the image", () => {
    const error = difference([result, weights], (inputs) => [
      apply(convolutionOps.inputGradient, inputs, attributes),
      lowerInputGradient(inputs, attributes),
    ]);
    expect(error).toBeLessThan(1e-12);
  });

  it("gives the gradient of the filters", () => {
    const error = difference([image, result], (inputs) => [
      apply(convolutionOps.filterGradient, inputs, attributes),
      lowerFilterGradient(inputs, attributes),
    ]);
    expect(error).toBeLessThan(1e-11);
  });

  it("gives the gradient of the filters in parts", () => {
    const error = difference([image, result], (inputs) => [
      apply(convolutionOps.filterGradient, inputs, attributes),
      lowerFilterGradientToParts(inputs, attributes),
    ]);
    expect(error).toBeLessThan(1e-11);
  });
});
