import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { ceilDivide, elementCount, trafficBytes } from "../kernels/types.ts";
import { expectFloat, sizeAt } from "./checks.ts";
import type { ConvolutionAttributes } from "./convolution.ts";
import { expectImage } from "./convolution.ts";
import { expectGroups, resultShape, weightsShape } from "./convolution_shapes.ts";
import type { FilterGradientPartsAttributes } from "./filter_gradient_parts_kernels.ts";
import { filterGradientPartsKernels } from "./filter_gradient_parts_kernels.ts";

/**
 * `conv2dFilterGradient` in parts that add up to it: few sums of many terms become many of fewer. A pass puts it and a
 * sum in that op's place after differentiation, so it has no gradient. Parts are f32, whatever the inputs are.
 */
export const conv2dFilterGradientPartsOp = defineOp<FilterGradientPartsAttributes>({
  name: "conv2dFilterGradientParts",
  inputs: ["x", "dy"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    expectImage("conv2dFilterGradientParts", inputs, 0, attributes.inputShape, expectFloat);
    const filters = sizeAt(expectFloat("conv2dFilterGradientParts", inputs, 1, 4).shape, 3);
    const result = resultShape("conv2dFilterGradientParts", attributes, filters);
    expectImage("conv2dFilterGradientParts", inputs, 1, result, expectFloat);
    expectGroups("conv2dFilterGradientParts", inputs, attributes, filters);
    const parts = ceilDivide(sizeAt(result, 0) * sizeAt(result, 1), attributes.lines);
    return [{ shape: [parts, ...weightsShape(attributes, filters)], dtype: "f32" }];
  },
  kernels: filterGradientPartsKernels,
  cost: ({ inputs, outputs, attributes }) => {
    const { kernel, inputShape, groups = 1 } = attributes;
    const terms = (kernel[0] * kernel[1] * sizeAt(inputShape, 3)) / groups;
    const products = elementCount(inputs[1]?.shape ?? []) * terms;
    return { flops: 2 * products, bytes: trafficBytes(...inputs, ...outputs) };
  },
});

/**
 * The gradient of `conv2d` with respect to its weights, in parts of so many lines of windows, numbered through the batch.
 * @param x [batch, height, width, channels]
 * @param dy [batch, windows down, windows across, filters]
 * @returns [parts, kernel height, kernel width, channels / groups, filters]
 */
export function conv2dFilterGradientParts(
  x: Tensor,
  dy: Tensor,
  attributes: ConvolutionAttributes,
  lines: number,
): Tensor {
  return apply(conv2dFilterGradientPartsOp, [x, dy], { ...attributes, lines });
}
