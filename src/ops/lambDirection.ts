import "../kernels/generated/lambDirection.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import type { AdamAttributes } from "./adam.ts";
import { adamParams } from "./adam.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { expectFlat } from "./flat_update.ts";
import { segmentBlock } from "./optimizer.ts";

const inputs = ["gradients", "segments", "parameters", "firstMoment", "secondMoment"];

export const lambDirectionOp = defineOp<AdamAttributes>({
  name: "lambDirection",
  kind: "update",
  inputs,
  outputs: ["firstMoment", "secondMoment", "direction", "squares"],
  updates: [3, 4],
  type: (types) => {
    const flat = expectInput("lambDirection", types, 0, 1);
    const length = sizeAt(flat.shape, 0);
    if (length % segmentBlock !== 0) {
      throw shapeError(
        "lambDirection",
        types,
        "the last block is not whole",
        `a multiple of ${segmentBlock}`,
      );
    }
    inputs.forEach((name, index) => {
      expectFlat("lambDirection", types, index, name, length);
    });
    return [flat, flat, flat, { shape: [2 * (length / segmentBlock)], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"lambDirection/lambDirection", AdamAttributes>({
      file: "lambDirection/lambDirection",
      params: ({ outputs, attributes }) => {
        const { vectors: _, ...rest } = adamParams(0, attributes);
        return { blocks: blocksOf(outputs), ...rest };
      },
      workgroups: ({ outputs }) => ceilDivide(blocksOf(outputs), 64),
      bindings: () => [
        ...["gradients", "segments", "parameters", null, null],
        ...["firstMoment", "secondMoment", "direction", "squares"],
      ],
    }),
  ],
  cost: ({ outputs }) => {
    const length = elementCount(outputs[0]?.shape ?? []);
    return { flops: 21 * length, bytes: 4 * (7 * length + 4 * blocksOf(outputs)) };
  },
});

const blocksOf = (outputs: readonly TensorType[]): number =>
  elementCount(outputs[0]?.shape ?? []) / segmentBlock;

/**
 * The first half of a step of LAMB: new moments, the direction u = m̂ / (√v̂ + ε) + λ · θ, and for each block of 64 elements
 * its shares of ‖θ‖² and ‖u‖².
 * @param gradients flat, f32, whole blocks of 64
 * @param segments two numbers for each block: multipliers of the learning rate and of λ
 * @param parameters flat, of the gradients' length
 * @param firstMoment flat state of the same length, zero at first; so is `secondMoment`
 * @returns first and second moment in the storage of the old, direction, and squares: two for each block
 */
export function lambDirection(
  gradients: Tensor,
  segments: Tensor,
  parameters: Tensor,
  firstMoment: Tensor,
  secondMoment: Tensor,
  attributes: AdamAttributes,
): readonly Tensor[] {
  return record(lambDirectionOp, [gradients, segments, parameters, firstMoment, secondMoment], attributes);
}
