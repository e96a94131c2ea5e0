import type { Tensor } from "../graph/tensor.ts";
import { operand } from "../kernels/formula.ts";
import type { Shape } from "../kernels/types.ts";
import { adamOp } from "../ops/adam.ts";
import { sizeAt } from "../ops/checks.ts";
import { conv2dOp } from "../ops/conv2d.ts";
import { conv2dFilterGradientOp } from "../ops/conv2dFilterGradient.ts";
import { conv2dFilterGradientPartsOp } from "../ops/conv2dFilterGradientParts.ts";
import { conv2dInputGradientOp } from "../ops/conv2dInputGradient.ts";
import { resolveGeometry } from "../ops/convolution.ts";
import { fusedElementwise } from "../ops/elementwise.ts";
import { matmulOp } from "../ops/matmul.ts";
import { maxPool2dOp } from "../ops/maxPool2d.ts";
import { segmentLength } from "../ops/optimizer.ts";
import { poolAttributes } from "../ops/pooling.ts";
import { softmaxCrossEntropyWithGradientOp } from "../ops/softmaxCrossEntropyWithGradient.ts";
import { convolutionVariantCases } from "./convolution_cases.ts";
import { elementwiseCases } from "./elementwise_cases.ts";
import { imageCases } from "./image_cases.ts";
import type { KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";
import { linearAlgebraCases } from "./linear_algebra_cases.ts";
import { lossCases } from "./loss_cases.ts";
import { movementCases } from "./movement_cases.ts";
import { normalisationCases } from "./normalisation_cases.ts";
import { randomCases } from "./random_cases.ts";
import { reductionKernelCases } from "./reduction_cases.ts";

/** c[m, n] = op(a) · op(b), with k terms; `tn` reads a as [k, m], `nt` reads b as [n, k]. */
export function matmulCase(m: number, k: number, n: number, form: "nn" | "nt" | "tn" = "nn"): KernelCase {
  const [transposeA, transposeB] = [form === "tn", form === "nt"];
  return kernelCase(matmulOp, () => ({ transposeA, transposeB }), {
    case: `${m}×${k}×${n}${form === "nn" ? "" : ` ${form}`}`,
    inputs: [
      transposeA ? { shape: [k, m], axes: "km" } : { shape: [m, k], axes: "mk" },
      transposeB ? { shape: [n, k], axes: "nk" } : { shape: [k, n], axes: "kn" },
    ],
    outputAxes: ["mn"],
    sample: { m: 48, n: 48 },
    tolerance: { kind: "reduction", terms: k },
    ...(form === "nn" && { peerOp: "matmul" as const }),
  });
}

interface ConvolutionSizes {
  readonly batch: number;
  readonly side: number;
  readonly channels: number;
  readonly filters: number;
}

/** A convolution by 3 × 3 with padding `same`, and both of its gradients. */
function convolutionCases({ batch, side, channels, filters }: ConvolutionSizes): KernelCase[] {
  const image = { shape: [batch, side, side, channels], axes: "bhwc" };
  const weights = { shape: [3, 3, channels, filters], axes: "yxcf" };
  const result = { shape: [batch, side, side, filters], axes: "bhwf" };
  const name = `${side}²·${channels}→${filters}, batch ${batch}`;
  const windows = (shape: Shape) => ({
    ...resolveGeometry("conv2d", shape, [3, 3], { padding: "same" }),
    inputShape: shape,
  });
  // Places in the image cannot be left out: windows reach over them.
  return [
    kernelCase(conv2dOp, ([x]) => windows(shapeOf(x)), {
      case: name,
      inputs: [image, weights],
      outputAxes: ["bhwf"],
      sample: { b: 3, f: 16 },
      tolerance: { kind: "reduction", terms: 9 * channels },
      peerOp: "conv2d",
    }),
    kernelCase(
      conv2dInputGradientOp,
      ([dy, filter]) => windows([...shapeOf(dy).slice(0, 3), sizeAt(shapeOf(filter), 2)]),
      {
        case: name,
        inputs: [result, weights],
        outputAxes: ["bhwc"],
        sample: { b: 3, c: 16 },
        tolerance: { kind: "reduction", terms: 9 * filters },
        peerOp: "conv2dInputGradient",
      },
    ),
    kernelCase(conv2dFilterGradientOp, ([x]) => windows(shapeOf(x)), {
      case: name,
      inputs: [image, result],
      outputAxes: ["yxcf"],
      sample: { c: 4, f: 4 },
      tolerance: { kind: "reduction", terms: batch * side * side },
      peerOp: "conv2dFilterGradient",
    }),
  ];
}

/** The parts of a filter gradient, a sum short of the gradient itself. */
function filterGradientPartsCase(
  { batch, side, channels, filters }: ConvolutionSizes,
  lines: number,
): KernelCase {
  const windows = (shape: Shape) => resolveGeometry("conv2d", shape, [3, 3], { padding: "same" });
  return kernelCase(
    conv2dFilterGradientPartsOp,
    ([x]) => ({ ...windows(shapeOf(x)), inputShape: shapeOf(x), lines }),
    {
      case: `${side}²·${channels}→${filters}, batch ${batch}, ${lines} lines a part`,
      inputs: [
        { shape: [batch, side, side, channels], axes: "bhwc" },
        { shape: [batch, side, side, filters], axes: "bhwf" },
      ],
      outputAxes: ["pyxcf"],
      sample: { c: 4, f: 4 },
      tolerance: { kind: "reduction", terms: lines * side },
    },
  );
}

/** What a bias and an activation are where no product takes them over: relu(x + y). */
function addReluCase(length: number): KernelCase {
  const formula = {
    operands: 2,
    lines: [
      { function: "add", arguments: [operand(0), operand(1)] },
      { function: "relu", arguments: [{ kind: "line" as const, index: 0 }] },
    ],
  };
  return kernelCase(fusedElementwise, ([x]) => ({ formula, shape: shapeOf(x) }), {
    name: "elementwise",
    case: `relu(x + y), ${length} elements`,
    inputs: [
      { shape: [length], axes: "i" },
      { shape: [length], axes: "i" },
    ],
    outputAxes: ["i"],
  });
}

function softmaxCase(batch: number, classes: number): KernelCase {
  return kernelCase(softmaxCrossEntropyWithGradientOp, () => ({ gradientScale: 1 / batch }), {
    case: `batch ${batch}, ${classes} classes`,
    inputs: [
      { shape: [batch, classes], axes: "bc" },
      { shape: [batch], axes: "b", values: classes },
    ],
    outputAxes: ["b", "bc"],
  });
}

function maxPoolCase(batch: number, side: number, channels: number): KernelCase {
  return kernelCase(maxPool2dOp, ([x]) => poolAttributes("maxPool2d", need(x), { size: 2 }), {
    case: `${side}²·${channels}, batch ${batch}`,
    inputs: [{ shape: [batch, side, side, channels], axes: "bhwc" }],
    outputAxes: ["bpqc", "bpqc"],
  });
}

export function adamCase(parameters: number): KernelCase {
  const flat = { shape: [parameters], axes: "i" };
  const attributes = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
  return kernelCase(adamOp, () => attributes, {
    case: `${parameters} parameters`,
    inputs: [
      flat,
      { shape: [segmentLength(parameters)], axes: "s", values: { all: 1 } },
      flat,
      flat,
      { ...flat, values: "positive" },
    ],
    outputAxes: ["i", "i", "i"],
  });
}

/** The shapes of issue-sized products, of dense layers forward and backward, and of a small image network. */
export const kernelCases: readonly KernelCase[] = [
  matmulCase(512, 512, 512),
  matmulCase(1024, 1024, 1024),
  matmulCase(100, 784, 300),
  matmulCase(784, 100, 300, "tn"),
  matmulCase(100, 300, 784, "nt"),
  matmulCase(128, 784, 128),
  matmulCase(64, 3136, 128),
  matmulCase(3136, 64, 128, "tn"),
  matmulCase(64, 128, 3136, "nt"),
  matmulCase(64, 128, 10),
  matmulCase(1, 2048, 2048),
  matmulCase(1, 2048, 2048, "nt"),
  matmulCase(2048, 2048, 1),
  matmulCase(2048, 2048, 1, "tn"),
  matmulCase(4096, 512, 3),
  matmulCase(128, 12544, 10, "tn"),
  // The products that the two layers of step/cnn are, were they done by columns: what convolutions are held against.
  matmulCase(12544, 288, 64),
  matmulCase(50176, 9, 32),
  ...convolutionCases({ batch: 64, side: 14, channels: 32, filters: 64 }),
  ...convolutionCases({ batch: 64, side: 28, channels: 1, filters: 32 }),
  ...convolutionCases({ batch: 64, side: 32, channels: 3, filters: 32 }),
  filterGradientPartsCase({ batch: 64, side: 14, channels: 32, filters: 64 }, 32),
  filterGradientPartsCase({ batch: 64, side: 28, channels: 1, filters: 32 }, 5),
  ...convolutionVariantCases,
  addReluCase(1 << 20),
  ...elementwiseCases,
  softmaxCase(128, 10),
  ...reductionKernelCases,
  maxPoolCase(64, 28, 32),
  ...imageCases,
  adamCase(1 << 20),
  ...linearAlgebraCases,
  ...lossCases,
  ...randomCases,
  ...normalisationCases,
  ...movementCases,
];

const shapeOf = (tensor: Tensor | undefined): Shape => need(tensor).shape;

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("internal: a case has too few inputs");
  return value;
}
