import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { conv2dInputGradient } from "./conv2dInputGradient.ts";
import type { ConvolutionOptions, Pair } from "./convolution.ts";
import { convolutionAttributes, expectImage, pair, windowCounts } from "./convolution.ts";

/** What a user says of a transposed convolution: the options of the convolution that it turns around, and a size. */
export interface Conv2dTransposeOptions extends ConvolutionOptions {
  /**
   * Rows and columns more at the end of the result, below the stride: of the sizes that the convolution would take to
   * this input, a larger one. 0 by default, as in PyTorch; with `same` or `valid` and nothing said, sizes as in Keras.
   */
  readonly outputPadding?: number | Pair;
  /** Height and width of the result, in place of `outputPadding`. */
  readonly outputSize?: Pair;
}

/**
 * Transposed convolution, which makes images larger: the gradient of `conv2d` with respect to its image, used forward.
 * Every number of the input adds a filter's multiple to a window of the result; windows lie `stride` apart.
 *
 * Along each axis the result has (size − 1) · stride + (kernel − 1) · dilation + 1 + outputPadding − the padding on both
 * sides, as in PyTorch. With `same` it has size · stride, and with `valid` at least that, as in Keras.
 * @param x [batch, height, width, channels]
 * @param weights [kernel height, kernel width, filters / groups, channels], as in Keras: those of the convolution that it
 *   turns around, whose filters are the channels here
 * @param options stride 1, padding `valid`, dilation 1 and groups 1 by default
 * @returns [batch, …, …, filters]
 * @throws ShapeError where the channels differ or do not fall into the groups
 * @throws UsageError where an option makes no sense, or no convolution takes such a result to the input's size
 */
export function conv2dTranspose(x: Tensor, weights: Tensor, options: Conv2dTransposeOptions = {}): Tensor {
  const op = "conv2dTranspose";
  const types = [x.type, weights.type];
  const [batch = 1, height = 1, width = 1, channels = 1] = expectImage(op, types, 0).shape;
  const filters = expectInput(op, types, 1, 4).shape;
  const { outputPadding, outputSize, ...convolution } = options;
  const { groups = 1 } = convolution;
  if (sizeAt(filters, 3) !== channels) {
    const hint = "weights are [height, width, filters / groups, channels]";
    throw shapeError(op, types, "the channels differ", `${channels} channels`, hint);
  }
  const kernel = [sizeAt(filters, 0), sizeAt(filters, 1)] as const;
  const size = outputSize ?? resultSize([height, width], kernel, options);
  if (!size.every((side) => Number.isInteger(side) && side > 0)) {
    throw new UsageError({
      where: op,
      problem: "the result has no size",
      got: size.join(" × "),
      expected: "1 × 1 or more",
    });
  }
  const image: Shape = [batch, ...size, sizeAt(filters, 2) * groups];
  const attributes = convolutionAttributes(op, image, kernel, convolution);
  const [down, across] = windowCounts(op, image, attributes);
  if (down !== height || across !== width) {
    throw new UsageError({
      where: op,
      problem: "the convolution would not take a result of this size to the input's",
      got: `${size.join(" × ")}, which becomes ${down} × ${across}`,
      expected: `${height} × ${width}`,
      hint: "outputPadding is below the stride",
    });
  }
  return conv2dInputGradient(x, weights, attributes);
}

function resultSize(
  size: Pair,
  kernel: Pair,
  { stride = 1, padding = "valid", dilation = 1, outputPadding }: Conv2dTransposeOptions,
): Pair {
  const [steps, dilations] = [pair(stride), pair(dilation)];
  const more = outputPadding === undefined ? undefined : pair(outputPadding);
  const along = (axis: 0 | 1): number => {
    const span = (kernel[axis] - 1) * dilations[axis] + 1;
    const start = (size[axis] - 1) * steps[axis];
    const extra = more?.[axis] ?? 0;
    if (padding === "same") {
      return start + (more ? span - 2 * Math.floor(span / 2) + extra : steps[axis]);
    }
    if (padding === "valid") return start + (more ? span + extra : Math.max(span, steps[axis]));
    if (typeof padding === "object" && "top" in padding) {
      const { top, left, bottom, right } = padding;
      return start + span + extra - (axis === 0 ? top + bottom : left + right);
    }
    return start + span + extra - 2 * pair(padding)[axis];
  };
  return [along(0), along(1)];
}
