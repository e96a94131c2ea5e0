import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { sizeAt } from "../ops/checks.ts";
import { conv2dOp } from "../ops/conv2d.ts";
import { conv2dFilterGradientOp } from "../ops/conv2dFilterGradient.ts";
import { conv2dInputGradientOp } from "../ops/conv2dInputGradient.ts";
import { convolutionAttributes } from "../ops/convolution.ts";
import type { KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

interface Sizes {
  readonly batch: number;
  readonly side: number;
  readonly channels: number;
}

const windows = (image: Shape, groups: number, stride: 1 | 2 = 1) =>
  convolutionAttributes("conv2d", image, [3, 3], { padding: "same", groups, stride });

const shapeOf = (tensor: Tensor | undefined): Shape => tensor?.shape ?? [];

/** A depthwise convolution by 3 × 3 with padding `same`, one filter a channel, and both of its gradients. */
function depthwiseCases({ batch, side, channels }: Sizes): KernelCase[] {
  const image = { shape: [batch, side, side, channels], axes: "bhwc" };
  const weights = { shape: [3, 3, 1, channels], axes: "yxoc" };
  const own = ([first]: readonly Tensor[]) => windows(shapeOf(first), sizeAt(shapeOf(first), 3));
  const name = `depthwise ${side}²·${channels}, batch ${batch}`;
  const shared = { case: name, sample: { b: 3, c: 16 } };
  return [
    kernelCase(conv2dOp, own, {
      ...shared,
      inputs: [image, weights],
      outputAxes: ["bhwc"],
      tolerance: { kind: "reduction", terms: 9 },
    }),
    kernelCase(conv2dInputGradientOp, own, {
      ...shared,
      inputs: [image, weights],
      outputAxes: ["bhwc"],
      tolerance: { kind: "reduction", terms: 9 },
    }),
    // The image and dy are of one shape, and summed over all of it but the channels.
    kernelCase(conv2dFilterGradientOp, own, {
      ...shared,
      sample: { c: 16 },
      inputs: [image, image],
      outputAxes: ["yxoc"],
      tolerance: { kind: "reduction", terms: batch * side * side },
    }),
  ];
}

/** A convolution by 3 × 3 with padding `same` in groups of channels, as many filters as channels, and its gradients. */
function groupedCases({ batch, side, channels }: Sizes, groups: number): KernelCase[] {
  const image = { shape: [batch, side, side, channels], axes: "bhwc" };
  const result = { shape: [batch, side, side, channels], axes: "bhwf" };
  const weights = { shape: [3, 3, channels / groups, channels], axes: "yxof" };
  // As many filters as channels: so say the weights how many groups there are.
  const own = ([first, second]: readonly Tensor[]) =>
    windows(shapeOf(first), sizeAt(shapeOf(second), 3) / sizeAt(shapeOf(second), 2));
  const name = `${side}²·${channels}→${channels} in ${groups} groups, batch ${batch}`;
  const terms = (9 * channels) / groups;
  return [
    kernelCase(conv2dOp, own, {
      case: name,
      sample: { b: 2 },
      inputs: [image, weights],
      outputAxes: ["bhwf"],
      tolerance: { kind: "reduction", terms },
    }),
    kernelCase(conv2dInputGradientOp, own, {
      case: name,
      sample: { b: 2 },
      inputs: [result, weights],
      outputAxes: ["bhwc"],
      tolerance: { kind: "reduction", terms },
    }),
    kernelCase(conv2dFilterGradientOp, ([x]) => windows(shapeOf(x), groups), {
      case: name,
      inputs: [image, result],
      outputAxes: ["yxof"],
      tolerance: { kind: "reduction", terms: batch * side * side },
    }),
  ];
}

/** A transposed convolution by 3 × 3 that doubles the sides, and the convolution that it turns around. */
function transposedCases({ batch, side, channels }: Sizes, filters: number): KernelCase[] {
  const small = { shape: [batch, side, side, channels], axes: "bhwf" };
  const large = { shape: [batch, 2 * side, 2 * side, filters], axes: "bpqc" };
  const weights = { shape: [3, 3, filters, channels], axes: "yxcf" };
  return [
    kernelCase(
      conv2dInputGradientOp,
      ([x, own]) => windows([sizeAt(shapeOf(x), 0), 2 * side, 2 * side, sizeAt(shapeOf(own), 2)], 1, 2),
      {
        case: `transposed ${side}²·${channels}→${2 * side}²·${filters}, batch ${batch}`,
        sample: { b: 2, c: 16 },
        inputs: [small, weights],
        outputAxes: ["bpqc"],
        tolerance: { kind: "reduction", terms: 9 * channels },
      },
    ),
    kernelCase(conv2dOp, ([x]) => windows(shapeOf(x), 1, 2), {
      case: `${2 * side}²·${filters}→${side}²·${channels}, stride 2, batch ${batch}`,
      sample: { b: 2, f: 16 },
      inputs: [large, weights],
      outputAxes: ["bhwf"],
      tolerance: { kind: "reduction", terms: 9 * filters },
    }),
  ];
}

/** Convolutions beyond the plain one; each is to reach a share of its speed. */
export const convolutionVariantCases: readonly KernelCase[] = [
  ...depthwiseCases({ batch: 64, side: 28, channels: 64 }),
  ...groupedCases({ batch: 64, side: 14, channels: 64 }, 4),
  ...transposedCases({ batch: 64, side: 7, channels: 64 }, 32),
];
