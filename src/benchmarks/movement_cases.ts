import { attributesOf } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { concatOp } from "../ops/concat.ts";
import { gatherOp } from "../ops/gather.ts";
import { scatterRows } from "../ops/gather_adjoints.ts";
import { padOp } from "../ops/pad.ts";
import { padBorderOp } from "../ops/padBorder.ts";
import { scatterAddOp } from "../ops/scatterAdd.ts";
import { sliceOp } from "../ops/slice.ts";
import { transposeOp } from "../ops/transpose.ts";
import type { KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

/** Letters for a shape's axes: nothing is left out of what is checked. */
const axesOf = (shape: Shape): string => "abcdef".slice(0, shape.length);

const input = (shape: Shape) => ({ shape, axes: axesOf(shape) });

function transposeCase(name: string, shape: Shape, axes: readonly number[]): KernelCase {
  return kernelCase(transposeOp, () => ({ axes }), {
    case: name,
    inputs: [input(shape)],
    outputAxes: [axesOf(shape)],
  });
}

function sliceCase(
  name: string,
  whole: Shape,
  starts: readonly number[],
  sizes: Shape,
  steps: readonly number[],
): KernelCase {
  return kernelCase(sliceOp, () => ({ starts, sizes, steps, whole }), {
    case: name,
    inputs: [input(whole)],
    outputAxes: [axesOf(whole)],
  });
}

/** Images with a border of one pixel. */
function borderCases(name: string, sizes: Shape): KernelCase[] {
  const starts = [0, 1, 1, 0];
  const whole = sizes.map((size, axis) => size + 2 * (starts[axis] ?? 0));
  const options = { inputs: [input(sizes)], outputAxes: ["abcd"] };
  return [
    kernelCase(padOp, () => ({ starts, steps: [1, 1, 1, 1], sizes, whole, value: 0 }), {
      case: `zeros around ${name}`,
      ...options,
    }),
    kernelCase(padBorderOp, () => ({ mode: "reflect" as const, starts, sizes, whole }), {
      case: `reflections around ${name}`,
      ...options,
    }),
  ];
}

function concatCase(name: string, shapes: readonly Shape[], axis: number): KernelCase {
  return kernelCase(concatOp, () => ({ axis, sizes: shapes.map((shape) => shape[axis] ?? 1) }), {
    case: name,
    inputs: shapes.map(input),
    outputAxes: [axesOf(shapes[0] ?? [])],
  });
}

function gatherCase(size: number, dimension: number, count: number): KernelCase {
  return kernelCase(gatherOp, () => ({ axis: 0, size, missing: "marked" as const }), {
    case: `${count} of ${size} rows of ${dimension}`,
    inputs: [input([size, dimension]), { shape: [count], axes: "i", values: size }],
    outputAxes: ["ib"],
  });
}

/** The gradient of an embedding with all that it takes: the order of the indices, and the sums. */
function scatterCase(size: number, dimension: number, count: number): KernelCase {
  return {
    name: scatterAddOp.name,
    case: `${count} to ${size} rows of ${dimension}`,
    inputs: [input([count, dimension]), { shape: [count], axes: "a", values: size }],
    outputAxes: ["sb"],
    sample: {},
    tolerance: { kind: "reduction", terms: count },
    apply: ([updates, indices], kernel) => {
      if (!updates || !indices) throw new Error("internal: a case has too few inputs");
      const sums = scatterRows(updates, indices, { axis: 0, size });
      return kernel ? forced(sums, kernel) : [sums];
    },
  };
}

function forced({ node }: Tensor, kernel: NonNullable<Parameters<KernelCase["apply"]>[1]>) {
  const op = { ...scatterAddOp, kernels: [kernel] };
  return record(op, node.inputs, attributesOf(scatterAddOp, node));
}

/** What moves data, held against a copy: whole vectors and odd sizes, neighbours and strides. */
export const movementCases: readonly KernelCase[] = [
  transposeCase("1024×1024", [1024, 1024], [1, 0]),
  transposeCase("1023×1025", [1023, 1025], [1, 0]),
  transposeCase("NHWC to NCHW, 28²·32, batch 64", [64, 28, 28, 32], [0, 3, 1, 2]),
  transposeCase("NHWC to NCHW, 64²·3, batch 64", [64, 64, 64, 3], [0, 3, 1, 2]),
  transposeCase("8 heads of 64, 128 places, batch 16", [16, 128, 8, 64], [0, 2, 1, 3]),
  sliceCase("half the columns", [1024, 2048], [0, 512], [1024, 1024], [1, 1]),
  sliceCase("half the columns, from an odd one on", [1024, 2048], [0, 511], [1024, 1023], [1, 1]),
  sliceCase("every second column", [1024, 2048], [0, 0], [1024, 1024], [1, 2]),
  sliceCase("rows reversed", [1024, 1024], [1023, 0], [1024, 1024], [-1, 1]),
  ...borderCases("28²·32, batch 64", [64, 28, 28, 32]),
  ...borderCases("64²·3, batch 64", [64, 64, 64, 3]),
  concatCase(
    "two halves of 1024 columns",
    [
      [1024, 512],
      [1024, 512],
    ],
    1,
  ),
  concatCase(
    "three of odd columns",
    [
      [1024, 333],
      [1024, 334],
      [1024, 335],
    ],
    1,
  ),
  gatherCase(8192, 256, 4096),
  gatherCase(8192, 25, 32_768),
  scatterCase(8192, 256, 4096),
  scatterCase(100, 64, 16_384),
];
