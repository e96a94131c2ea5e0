import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import { apply } from "../graph/tensor.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { formatShape, sameShape } from "../kernels/types.ts";
import { expectFloat, promoteFloats, shapeError, sizeAt } from "./checks.ts";
import type { ConvolutionAttributes } from "./convolution.ts";
import { expectImage } from "./convolution.ts";
import { conv2dKernels, filterGradientKernels, inputGradientKernels } from "./convolution_kernels.ts";
import { expectGroups, resultShape, weightsShape } from "./convolution_shapes.ts";
import type { Conv2dAttributes } from "./convolution_sizes.ts";
import { convolutionCost } from "./convolution_sizes.ts";
import { lowerConvolution } from "./passes/lower_convolution.ts";
import { winograd } from "./passes/winograd.ts";

/**
 * The convolution and its two gradients, the derivatives of Σ dy · (x ∗ weights) with respect to dy, x and weights.
 * Each is linear in both inputs, so that the gradients of each are the other two: they are in one file, and
 * differentiable any number of times. With groups, each group of channels meets its own filters alone; a depthwise
 * convolution has a group for each channel.
 */
const forward: Op<Conv2dAttributes> = defineOp<Conv2dAttributes>({
  name: "conv2d",
  inputs: ["x", "weights"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    expectFloatImage("conv2d", inputs, 0, attributes.inputShape);
    const filters = expectWeights("conv2d", inputs, attributes);
    const { dtype = promoteFloats(inputs.slice(0, 2)) } = attributes;
    return [{ shape: resultShape("conv2d", attributes, filters), dtype }];
  },
  saves: ["x", "weights"],
  vjp: (dy, saved, attributes) => {
    const geometry = withoutEpilogue(attributes);
    return [
      apply(inputGradient, [dy, saved("weights")], geometry),
      apply(filterGradient, [saved("x"), dy], geometry),
    ];
  },
  acceptsEpilogue: ["bias", "operand"],
  kernels: conv2dKernels,
  passes: [winograd, lowerConvolution],
  cost: convolutionCost("weights"),
});

const inputGradient: Op<ConvolutionAttributes> = defineOp<ConvolutionAttributes>({
  name: "conv2dInputGradient",
  inputs: ["dy", "weights"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    const filters = expectWeights("conv2dInputGradient", inputs, attributes);
    expectFloatImage(
      "conv2dInputGradient",
      inputs,
      0,
      resultShape("conv2dInputGradient", attributes, filters),
    );
    return [{ shape: attributes.inputShape, dtype: promoteFloats(inputs) }];
  },
  saves: ["dy", "weights"],
  vjp: (du, saved, geometry) => [
    apply(forward, [du, saved("weights")], geometry),
    apply(filterGradient, [du, saved("dy")], geometry),
  ],
  kernels: inputGradientKernels,
  passes: [winograd, lowerConvolution],
  cost: convolutionCost("weights"),
});

const filterGradient: Op<ConvolutionAttributes> = defineOp<ConvolutionAttributes>({
  name: "conv2dFilterGradient",
  inputs: ["x", "dy"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    expectFloatImage("conv2dFilterGradient", inputs, 0, attributes.inputShape);
    const filters = sizeAt(expectFloatImage("conv2dFilterGradient", inputs, 1).shape, 3);
    expectFloatImage(
      "conv2dFilterGradient",
      inputs,
      1,
      resultShape("conv2dFilterGradient", attributes, filters),
    );
    expectGroups("conv2dFilterGradient", inputs, attributes, filters);
    return [{ shape: weightsShape(attributes, filters), dtype: promoteFloats(inputs) }];
  },
  saves: ["x", "dy"],
  vjp: (dv, saved, geometry) => [
    apply(inputGradient, [saved("dy"), dv], geometry),
    apply(forward, [saved("x"), dv], geometry),
  ],
  kernels: filterGradientKernels,
  passes: [winograd, lowerConvolution],
  cost: convolutionCost("result"),
});

export const convolutions = { forward, inputGradient, filterGradient };

/** An image that may be stored as f16. */
function expectFloatImage(
  op: string,
  inputs: readonly TensorType[],
  index: number,
  shape?: Shape,
): TensorType {
  return expectImage(op, inputs, index, shape, expectFloat);
}

/** Makes sure that input 1 fits the kernel's size and the image's channels, and returns how many filters it has. */
function expectWeights(op: string, inputs: readonly TensorType[], attributes: ConvolutionAttributes): number {
  const { shape } = expectFloat(op, inputs, 1, 4);
  expectGroups(op, inputs, attributes, sizeAt(shape, 3));
  const expected = weightsShape(attributes, sizeAt(shape, 3));
  if (!sameShape(shape, expected)) {
    const hint = "weights are [height, width, channels / groups, filters]";
    throw shapeError(op, inputs, "the weights do not fit the image", formatShape(expected), hint);
  }
  return sizeAt(shape, 3);
}

/** An epilogue is the forward pass's alone. */
const withoutEpilogue = ({ epilogue: _, dtype: __, ...geometry }: Conv2dAttributes): ConvolutionAttributes =>
  geometry;
