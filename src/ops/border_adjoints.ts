import "../kernels/generated/padBorder.ts";
import "../kernels/generated/padBorderGradient.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount, formatShape, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { runSuits, runs } from "./runs.ts";

/** What stands beyond an end: the axis mirrored, its last element, or the axis from its other end on. */
export type BorderMode = "reflect" | "edge" | "wrap";

/** Along each axis: x's element 0 stands at `start` of `whole` places. */
export interface BorderAttributes {
  readonly mode: BorderMode;
  readonly starts: readonly number[];
  /** Of x. */
  readonly sizes: Shape;
  /** Of what has the border. */
  readonly whole: Shape;
}

const modes: Readonly<Record<BorderMode, number>> = { reflect: 0, edge: 1, wrap: 2 };

const maxAxes = 6;

/** Borders of all axes in one pass, and the sum of what they read, an axis at a time; each the other's gradient. */
const padBorder: Op<BorderAttributes> = defineOp<BorderAttributes>({
  name: "padBorder",
  inputs: ["x"],
  outputs: ["out"],
  type: (inputs, attributes) => {
    const [x] = inputs;
    if (!x || !sameShape(x.shape, attributes.sizes)) {
      throw shapeError("pad", inputs, "the input has another shape", formatShape(attributes.sizes));
    }
    if (mergedAxes(attributes).length > maxAxes) {
      throw shapeError("pad", inputs, "too many axes get a border", `at most ${maxAxes}`, "reshape it first");
    }
    return [{ shape: attributes.whole, dtype: x.dtype }];
  },
  vjp: (dy, _, attributes) => [gatherBorders(dy, attributes)],
  kernels: [
    ...runs.map((run) =>
      defineKernel<"padBorder/padBorder_vec4", BorderAttributes>({
        file: "padBorder/padBorder_vec4",
        variant: { RUN: run },
        accepts: ({ attributes }) => {
          const { size, count, start } = lastAxis(attributes);
          return size === count && start === 0 && size % (4 * run) === 0;
        },
        suits: (request, traits) => runSuits(run, countOf(request) / 4, traits),
        constants: ({ attributes }) => borderConstants(attributes),
        params: (request) => params(request, 4),
        workgroups: (request) => ceilDivide(countOf(request), 4 * run * 64),
      }),
    ),
    defineKernel<"padBorder/padBorder", BorderAttributes>({
      file: "padBorder/padBorder",
      constants: ({ attributes }) => ({
        ...borderConstants(attributes),
        LINE: Number(lastAxis(attributes).size % 4 === 0),
      }),
      params: (request) => params(request, 1),
      workgroups: (request) => ceilDivide(countOf(request), 4 * 64),
    }),
  ],
});

export interface BorderAxisAttributes {
  readonly mode: BorderMode;
  readonly axis: number;
  readonly start: number;
  /** Elements along the axis without the border, and with it. */
  readonly count: number;
  readonly size: number;
}

const padBorderGradient: Op<BorderAxisAttributes> = defineOp<BorderAxisAttributes>({
  name: "padBorderGradient",
  inputs: ["dy"],
  outputs: ["out"],
  type: (inputs, { axis, count, size }) => {
    const { shape } = expectInput("padBorderGradient", inputs, 0, null);
    if (sizeAt(shape, axis) !== size) {
      throw shapeError("padBorderGradient", inputs, `axis ${axis} has another size`, String(size));
    }
    return [{ shape: shape.map((own, at) => (at === axis ? count : own)), dtype: "f32" }];
  },
  saves: ["dy"],
  vjp: (du, saved, { mode, axis, start }) => {
    const whole = saved("dy").shape;
    const starts = whole.map((_, at) => (at === axis ? start : 0));
    return [apply(padBorder, [du], { mode, starts, sizes: du.shape, whole })];
  },
  kernels: [gradientKernel("padBorderGradient/vec4", 4), gradientKernel("padBorderGradient/scalar", 1)],
  cost: ({ inputs, outputs }) => {
    const [read, written] = [inputs, outputs].map(([type]) => elementCount(type?.shape ?? []));
    return { flops: read ?? 0, bytes: 4 * ((read ?? 0) + (written ?? 0)) };
  },
});

export const borderAdjoints = { padBorder, padBorderGradient };

/** Borders of borders are filled from borders: the axes' adjoints compose, in any order. */
function gatherBorders(dy: Tensor, { mode, starts, sizes, whole }: BorderAttributes): Tensor {
  return whole.reduce((gathered, size, axis) => {
    const [start = 0, count = 1] = [starts[axis], sizes[axis]];
    if (start === 0 && count === size) return gathered;
    return apply(padBorderGradient, [gathered], { mode, axis, start, count, size });
  }, dy);
}

function gradientKernel(file: "padBorderGradient/scalar" | "padBorderGradient/vec4", lanes: 1 | 4) {
  const inner = ({ inputs, attributes: { axis } }: KernelRequest<BorderAxisAttributes>) =>
    elementCount((inputs[0]?.shape ?? []).slice(axis + 1));
  return defineKernel<typeof file, BorderAxisAttributes>({
    file,
    accepts: (request) => inner(request) % lanes === 0,
    constants: ({ attributes: { mode } }) => ({ MODE: modes[mode] }),
    params: (request) => {
      const { axis, count, size, start } = request.attributes;
      const outer = elementCount((request.inputs[0]?.shape ?? []).slice(0, axis));
      return { outer, count, size, inner: inner(request) / lanes, start };
    },
    workgroups: (request) => ceilDivide(countOf(request), lanes * 64),
  });
}

interface BorderAxis {
  readonly size: number;
  readonly count: number;
  readonly start: number;
}

const oneElement: BorderAxis = { size: 1, count: 1, start: 0 };

/** Axes without a border are merged with each other. */
function mergedAxes({ starts, sizes, whole }: BorderAttributes): BorderAxis[] {
  const merged: BorderAxis[] = [];
  const isPlain = ({ size, count, start }: BorderAxis) => start === 0 && size === count;
  whole.forEach((size, index) => {
    const axis = { size, count: sizes[index] ?? 1, start: starts[index] ?? 0 };
    if (isPlain(axis) && size === 1) return;
    const last = merged.at(-1);
    if (last && isPlain(last) && isPlain(axis)) {
      merged[merged.length - 1] = { size: last.size * size, count: last.count * size, start: 0 };
    } else merged.push(axis);
  });
  return merged;
}

/** Fewer axes take fewer divisions. */
const borderConstants = (attributes: BorderAttributes) => ({
  RANK: mergedAxes(attributes).length <= 3 ? 3 : 6,
  MODE: modes[attributes.mode],
});

const lastAxis = (attributes: BorderAttributes): BorderAxis => axesOf(attributes)[maxAxes - 1] ?? oneElement;

function axesOf(attributes: BorderAttributes): BorderAxis[] {
  const axes = mergedAxes(attributes);
  return [...new Array<BorderAxis>(maxAxes - axes.length).fill(oneElement), ...axes];
}

const countOf = ({ outputs }: KernelRequest): number => elementCount(outputs[0]?.shape ?? []);

function params(request: KernelRequest<BorderAttributes>, lanes: 1 | 4) {
  const axes = axesOf(request.attributes).map(({ size, count, start }, axis) =>
    axis === maxAxes - 1 ? { size: size / lanes, count: count / lanes, start } : { size, count, start },
  );
  const [, size1 = 1, size2 = 1, size3 = 1, size4 = 1, size5 = 1] = axes.map(({ size }) => size);
  const [count0 = 1, count1 = 1, count2 = 1, count3 = 1, count4 = 1, count5 = 1] = axes.map(
    (axis) => axis.count,
  );
  const [start0 = 0, start1 = 0, start2 = 0, start3 = 0, start4 = 0, start5 = 0] = axes.map(
    (axis) => axis.start,
  );
  return {
    ...{ count: countOf(request) / lanes, size1, size2, size3, size4, size5 },
    ...{ count0, count1, count2, count3, count4, count5 },
    ...{ start0, start1, start2, start3, start4, start5 },
  };
}
