import "../kernels/generated/pad.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { shapeError } from "./checks.ts";
import { runSuits, runs } from "./runs.ts";
import { wordOf } from "./words.ts";

/** Along each axis of a whole tensor, the places of a part's elements: element i stands at start + i · step. */
export interface Places {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  /** Of the part. */
  readonly sizes: Shape;
  readonly whole: Shape;
}

/** What padding adds: the value of every other place. */
export interface PadAttributes extends Places {
  readonly value: number;
}

interface PlacedAxis {
  readonly size: number;
  readonly count: number;
  readonly start: number;
  readonly step: number;
}

const maxAxes = 6;

/** Axes of more than one element; one that is whole is merged with the axis before it. */
function mergedAxes({ starts, steps, sizes, whole }: Places): PlacedAxis[] {
  const merged: PlacedAxis[] = [];
  whole.forEach((size, axis) => {
    if (size === 1) return;
    const count = sizes[axis] ?? 1;
    const step = count === 1 ? 1 : (steps[axis] ?? 1);
    const last = merged.at(-1);
    if (last?.step === 1 && count === size && step === 1) {
      const longer = { size: last.size * size, count: last.count * size, start: last.start * size, step: 1 };
      merged[merged.length - 1] = longer;
    } else merged.push({ size, count, start: starts[axis] ?? 0, step });
  });
  return merged;
}

/** @throws ShapeError where more axes stay apart than kernels have strides for */
export function expectFewPlacedAxes(op: string, inputs: readonly TensorType[], places: Places): void {
  if (mergedAxes(places).length <= maxAxes) return;
  const expected = `at most ${maxAxes}, where axes that stay whole count as one with those before them`;
  throw shapeError(op, inputs, "too many axes change", expected, "reshape it first");
}

function axesOf({ attributes }: KernelRequest<PadAttributes>): PlacedAxis[] {
  const axes = mergedAxes(attributes);
  const one: PlacedAxis = { size: 1, count: 1, start: 0, step: 1 };
  return [...new Array<PlacedAxis>(maxAxes - axes.length).fill(one), ...axes];
}

/** The last axis in vectors, or null where runs of them would be cut through. */
function inVectors(axes: readonly PlacedAxis[], run = 1): PlacedAxis[] | null {
  const last = axes.at(-1);
  const whole = (value: number) => value % (4 * run) === 0;
  if (last?.step !== 1 || ![last.size, last.count, last.start].every(whole)) return null;
  const vectors = { size: last.size / 4, count: last.count / 4, start: last.start / 4, step: 1 };
  return [...axes.slice(0, -1), vectors];
}

const constants = (request: KernelRequest<PadAttributes>) => ({
  RANK: rankOf(mergedAxes(request.attributes).length),
  STEPPED: Number(axesOf(request).some(({ step }) => step !== 1)),
});

/** Fewer axes take fewer divisions; three forms are enough. */
const rankOf = (axes: number): number => (axes <= 2 ? 2 : axes <= 3 ? 3 : 6);

const countOf = ({ outputs }: KernelRequest): number => elementCount(outputs[0]?.shape ?? []);

export const padKernels: readonly Kernel<PadAttributes>[] = [
  ...runs.map((run) =>
    defineKernel<"pad/constant_vec4", PadAttributes>({
      file: "pad/constant_vec4",
      variant: { RUN: run },
      accepts: (request) => inVectors(axesOf(request), run) !== null,
      suits: (request, traits) => runSuits(run, countOf(request) / 4, traits),
      constants,
      params: (request) => params(request, inVectors(axesOf(request)) ?? [], countOf(request) / 4),
      workgroups: (request) => ceilDivide(countOf(request), 4 * run * 64),
    }),
  ),
  defineKernel<"pad/constant", PadAttributes>({
    file: "pad/constant",
    constants: (request) => ({
      ...constants(request),
      LINE: Number((axesOf(request).at(-1)?.size ?? 1) % 4 === 0),
    }),
    params: (request) => params(request, axesOf(request), countOf(request)),
    workgroups: (request) => ceilDivide(countOf(request), 4 * 64),
  }),
];

function params(
  { attributes, outputs }: KernelRequest<PadAttributes>,
  axes: readonly PlacedAxis[],
  count: number,
) {
  const value = wordOf(attributes.value, outputs[0]?.dtype ?? "f32");
  const [, size1 = 1, size2 = 1, size3 = 1, size4 = 1, size5 = 1] = axes.map(({ size }) => size);
  const [count0 = 1, count1 = 1, count2 = 1, count3 = 1, count4 = 1, count5 = 1] = axes.map(
    (axis) => axis.count,
  );
  const [start0 = 0, start1 = 0, start2 = 0, start3 = 0, start4 = 0, start5 = 0] = axes.map(
    (axis) => axis.start,
  );
  const [step0 = 1, step1 = 1, step2 = 1, step3 = 1, step4 = 1, step5 = 1] = axes.map((axis) => axis.step);
  return {
    ...{ count, value, size1, size2, size3, size4, size5 },
    ...{ count0, count1, count2, count3, count4, count5 },
    ...{ start0, start1, start2, start3, start4, start5 },
    ...{ step0, step1, step2, step3, step4, step5 },
  };
}
