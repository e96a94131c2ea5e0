import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { KernelFile, ParamsOf } from "../kernels/shaders.ts";
import type { TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount, formatShape, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import { segmentLength } from "./optimizer.ts";

interface FlatUpdateDescription<File extends KernelFile, Attributes> {
  readonly name: File extends `${infer Name}/${string}` ? Name : never;
  /** Inputs that stay as they are, in order: `segments` has two numbers for each block of 64, the others are flat. */
  readonly read: readonly string[];
  /** Flat state that the kernel overwrites; the inputs that follow. */
  readonly overwritten: readonly string[];
  readonly file: File;
  /** Floating point operations an element. */
  readonly flops: number;
  params(vectors: number, attributes: Attributes): ParamsOf<File>;
}

/** An update of flat buffers of one length, four elements an invocation: what optimizers do beside their own step. */
export function defineFlatUpdate<File extends KernelFile, Attributes>(
  description: FlatUpdateDescription<File, Attributes>,
): Op<Attributes> {
  const { name, read, overwritten, file, flops, params } = description;
  const inputs = [...read, ...overwritten];
  return defineOp<Attributes>({
    name,
    kind: "update",
    inputs,
    outputs: overwritten,
    updates: overwritten.map((_, index) => read.length + index),
    type: (types) => {
      const { shape } = expectInput(name, types, read.length, 1);
      inputs.forEach((input, index) => {
        expectFlat(name, types, index, input, elementCount(shape));
      });
      return types.slice(read.length, inputs.length);
    },
    kernels: [
      defineKernel<File, Attributes>({
        file,
        params: (request) => params(flatVectors(request), request.attributes),
        workgroups: (request) => ceilDivide(flatVectors(request), 64),
        bindings: () => [...read, ...overwritten.map(() => null), ...overwritten],
      }),
    ],
    cost: (request) => {
      const length = elementCount(request.outputs[0]?.shape ?? []);
      const own = request.inputs.reduce((sum, { shape }) => sum + elementCount(shape), 0);
      return { flops: flops * length, bytes: 4 * (own + overwritten.length * length) };
    },
  });
}

/** Vectors of four in the first output. */
export const flatVectors = ({ outputs }: Pick<KernelRequest, "outputs">): number =>
  ceilDivide(elementCount(outputs[0]?.shape ?? []), 4);

/** @throws ShapeError where an input has not the flat buffer's length, or the segments' that belongs to it */
export function expectFlat(
  op: string,
  types: readonly TensorType[],
  index: number,
  name: string,
  length: number,
): void {
  expectLength(op, types, index, name, name === "segments" ? segmentLength(length) : length);
}

/** @throws ShapeError where an input is not one axis of that many elements */
export function expectLength(
  op: string,
  types: readonly TensorType[],
  index: number,
  name: string,
  length: number,
  dtype: TensorType["dtype"] = "f32",
): void {
  const { shape } = expectInput(op, types, index, 1, dtype);
  if (sameShape(shape, [length])) return;
  throw shapeError(op, types, `${name} does not fit`, formatShape([length]));
}
