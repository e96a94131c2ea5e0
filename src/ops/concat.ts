import "../kernels/generated/concat.ts";
import { UsageError } from "../device/errors.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { normaliseAxis, shapeError, sizeAt } from "./checks.ts";
import { runSuits, runs } from "./runs.ts";
import type { AxisOptions } from "./split.ts";
import { split } from "./split.ts";

export interface ConcatAttributes {
  readonly axis: number;
  /** Of each part along the axis. */
  readonly sizes: readonly number[];
}

/** Bindings of the kernels, in order: with the output they are what WebGPU allows by default, less one to spare. */
const letters = ["a", "b", "c", "d", "e", "f"] as const;

export const concatOp = defineOp<ConcatAttributes>({
  name: "concat",
  inputs: ["…"],
  outputs: ["out"],
  type: (inputs, { axis, sizes }) => {
    const [first] = inputs;
    if (!first || inputs.length > letters.length) {
      throw shapeError("concat", inputs, "wrong number of inputs", `1 to ${letters.length}`);
    }
    expectParts(inputs, first, axis);
    const size = sizes.reduce((sum, own) => sum + own, 0);
    return [{ shape: first.shape.map((own, at) => (at === axis ? size : own)), dtype: first.dtype }];
  },
  vjp: (dy, _, { axis, sizes }) => split(dy, sizes, { axis }),
  kernels: [
    ...runs.map((run) =>
      defineKernel<"concat/concat_vec4", ConcatAttributes>({
        file: "concat/concat_vec4",
        variant: { RUN: run },
        accepts: (request) => lengths(request).every((length) => length % (4 * run) === 0),
        suits: (request, traits) => runSuits(run, countOf(request) / 4, traits),
        bindings,
        constants,
        params: (request) => params(request, 4),
        workgroups: (request) => ceilDivide(countOf(request), 4 * run * 64),
      }),
    ),
    defineKernel<"concat/concat", ConcatAttributes>({
      file: "concat/concat",
      bindings,
      constants: (request) => ({ ...constants(request), LINE: Number(rowOf(request) % 4 === 0) }),
      params: (request) => params(request, 1),
      workgroups: (request) => ceilDivide(countOf(request), 4 * 64),
    }),
  ],
});

/** @throws ShapeError where dtypes or other axes differ */
function expectParts(inputs: readonly TensorType[], first: TensorType, axis: number): void {
  if (inputs.every((input) => fits(input, first, axis))) return;
  const expected = `one dtype, and sizes that are equal on all axes but axis ${axis}`;
  throw shapeError("concat", inputs, "the inputs do not fit together", expected);
}

function fits({ shape, dtype }: TensorType, first: TensorType, axis: number): boolean {
  return (
    dtype === first.dtype &&
    shape.length === first.shape.length &&
    shape.every((size, at) => at === axis || size === first.shape[at])
  );
}

/** Elements of each part in a row. */
const lengths = ({ inputs, attributes: { axis } }: KernelRequest<ConcatAttributes>): number[] =>
  inputs.map(({ shape }) => elementCount(shape.slice(axis)));

const rowOf = (request: KernelRequest<ConcatAttributes>): number =>
  lengths(request).reduce((sum, length) => sum + length, 0);

function constants({ inputs }: KernelRequest<ConcatAttributes>) {
  return { PARTS: inputs.length };
}

const countOf = ({ outputs }: KernelRequest): number => elementCount(outputs[0]?.shape ?? []);

/** The last part fills the bindings that are left, and is found in the first of them. */
function bindings({ inputs }: KernelRequest<ConcatAttributes>) {
  const last = inputs.length - 1;
  return [...letters.slice(0, last), letters.slice(last), "out"];
}

function params(request: KernelRequest<ConcatAttributes>, lanes: 1 | 4) {
  let end = 0;
  const ends = lengths(request).map((length) => {
    end += length / lanes;
    return end;
  });
  const [end_a = end, end_b = end, end_c = end, end_d = end, end_e = end] = ends;
  return { count: countOf(request) / lanes, length: end, end_a, end_b, end_c, end_d, end_e };
}

/**
 * Tensors one after the other along an axis, as NumPy's `concatenate` and PyTorch's `cat`. f32, u32 or i32. One dispatch for up
 * to six; more are joined by sixes first, so that each element is moved twice (up to 36).
 * @throws UsageError without tensors
 * @throws ShapeError where dtypes differ, or sizes of other axes
 */
export function concat(tensors: readonly Tensor[], options: AxisOptions = {}): Tensor {
  const [first] = tensors;
  if (!first)
    throw new UsageError({ where: "concat", problem: "there is nothing to join", got: "no tensors" });
  const axis = normaliseAxis("concat", first.shape, options.axis ?? 0);
  const types = tensors.map(({ type }) => type);
  expectParts(types, first.type, axis);
  let parts = tensors;
  while (parts.length > 1) parts = sixes(parts).map((group) => join(group, axis));
  return parts[0] ?? first;
}

function join(group: readonly Tensor[], axis: number): Tensor {
  const [only] = group;
  if (group.length === 1 && only) return only;
  return apply(concatOp, group, { axis, sizes: group.map(({ shape }) => sizeAt(shape, axis)) });
}

function sixes(tensors: readonly Tensor[]): Tensor[][] {
  const { length } = letters;
  const groups = ceilDivide(tensors.length, length);
  return Array.from({ length: groups }, (_, index) => tensors.slice(index * length, (index + 1) * length));
}
