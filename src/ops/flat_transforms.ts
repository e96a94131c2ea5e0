import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import type { DType, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { segmentBlock } from "./optimizer.ts";

/** A table that a transform reads beside the flat buffer: so many numbers for each block of 64 elements. */
export interface BlockTable {
  readonly name: string;
  readonly dtype: DType;
  readonly width: number;
}

interface FlatTransformDescription<Attributes> {
  readonly name: string;
  /** Buffers of one length: the one that is changed, then what else is read of each element. */
  readonly flat: readonly string[];
  /** Vectors of any length. */
  readonly vectors?: readonly string[];
  readonly table: BlockTable;
  readonly kernel: Kernel<Attributes>;
  /** Floating point operations an element. */
  readonly flops: number;
}

/** An op that changes a flat buffer of parameters, or of their gradients, block by block. Nothing goes back through it. */
export function defineFlatTransform<Attributes>({
  name,
  flat,
  vectors = [],
  table,
  kernel,
  flops,
}: FlatTransformDescription<Attributes>): Op<Attributes> {
  return defineOp<Attributes>({
    name,
    inputs: [...flat, ...vectors, table.name],
    outputs: ["out"],
    type: (inputs) => {
      const length = sizeAt(expectInput(name, inputs, 0, 1).shape, 0);
      flat.forEach((_, index) => {
        const { shape } = expectInput(name, inputs, index, 1);
        if (!sameShape(shape, [length])) throw shapeError(name, inputs, "the lengths differ", `[${length}]`);
      });
      vectors.forEach((_, index) => void expectInput(name, inputs, flat.length + index, 1));
      expectTable(name, inputs, flat.length + vectors.length, table, length);
      return [{ shape: [length], dtype: "f32" }];
    },
    kernels: [kernel],
    cost: (request) => {
      const bytes = [...request.inputs, ...request.outputs].reduce(
        (sum, { shape }) => sum + 4 * elementCount(shape),
        0,
      );
      return { flops: flops * elementCount(request.outputs[0]?.shape ?? []), bytes };
    },
  });
}

function expectTable(
  op: string,
  inputs: readonly TensorType[],
  at: number,
  { name, dtype, width }: BlockTable,
  length: number,
): void {
  const { shape } = expectInput(op, inputs, at, 1, dtype);
  const expected = width * ceilDivide(length, segmentBlock);
  if (sizeAt(shape, 0) === expected) return;
  throw shapeError(op, inputs, `${name} does not fit the length`, `${name} [${expected}]`);
}

export const flatVectors = ({ outputs }: KernelRequest): number =>
  ceilDivide(elementCount(outputs[0]?.shape ?? []), 4);

export const flatGroups = (request: KernelRequest): number => ceilDivide(flatVectors(request), 64);
