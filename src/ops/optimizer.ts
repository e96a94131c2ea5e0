import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { KernelFile, ParamsOf } from "../kernels/shaders.ts";
import type { TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount, formatShape, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

/** Parameters share a segment in blocks of this many elements: each starts at a multiple of 256 bytes. */
export const segmentBlock = 64;

/**
 * Elements of the segment table for a flat buffer: for each block of 64, a multiplier of the learning rate and one
 * of the weight decay.
 */
export function segmentLength(length: number): number {
  return 2 * ceilDivide(length, segmentBlock);
}

/** λ of L2 or decoupled weight decay, scaled block by block. */
export interface WeightDecayAttributes {
  readonly weightDecay: number;
}

interface OptimizerDescription<File extends KernelFile, Attributes> {
  readonly name: File extends `${infer Name}/${string}` ? Name : never;
  /** Flat buffers of the parameters' length that the update reads and overwrites. */
  readonly moments: readonly string[];
  readonly file: File;
  /** Floating point operations an element. */
  readonly flops: number;
  constants?(attributes: Attributes): Readonly<Record<string, number>>;
  params(vectors: number, attributes: Attributes): ParamsOf<File>;
}

/**
 * One step of an optimizer over flat buffers, all parameters in one dispatch; parameters and moments are overwritten.
 * The learning rate comes from the step uniform, so that a schedule changes no program.
 */
export function defineOptimizer<File extends KernelFile, Attributes>(
  description: OptimizerDescription<File, Attributes>,
): Op<Attributes> {
  const { name, moments, file, flops, constants, params } = description;
  const read = ["gradients", "segments"];
  const overwritten = ["parameters", ...moments];
  const inputs = [...read, ...overwritten];
  return defineOp<Attributes>({
    name,
    kind: "update",
    inputs,
    outputs: overwritten,
    updates: overwritten.map((_, index) => read.length + index),
    type: (types) => optimizerTypes(name, types, inputs),
    kernels: [
      defineKernel<File, Attributes>({
        file,
        ...(constants && { constants: ({ attributes }) => constants(attributes) }),
        params: (request) => params(vectors(request), request.attributes),
        workgroups: (request) => ceilDivide(vectors(request), 64),
        bindings: () => [...read, ...overwritten.map(() => null), ...overwritten],
      }),
    ],
    cost: (request) => {
      const length = elementCount(request.outputs[0]?.shape ?? []);
      const touched = length + segmentLength(length) + 2 * overwritten.length * length;
      return { flops: flops * length, bytes: 4 * touched };
    },
  });
}

const vectors = ({ outputs }: KernelRequest) => ceilDivide(elementCount(outputs[0]?.shape ?? []), 4);

function optimizerTypes(op: string, types: readonly TensorType[], names: readonly string[]): TensorType[] {
  const length = sizeAt(expectInput(op, types, 0, 1).shape, 0);
  names.forEach((name, index) => {
    const { shape } = expectInput(op, types, index, 1);
    const expected = [name === "segments" ? segmentLength(length) : length];
    if (!sameShape(shape, expected)) {
      throw shapeError(op, types, `${name} does not fit the gradients`, formatShape(expected));
    }
  });
  return types.slice(2, names.length);
}
