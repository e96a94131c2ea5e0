import "../kernels/generated/flagNonFinite.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount, formatShape, sameShape } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";

/** Elements whose number of valid ones one entry of `valid` tells: what parameters are laid out in. */
export const flagBlock = 64;

const checked = ["a", "b", "c", "d"] as const;

/** Tensors that one application checks. */
export const flaggedTensors = checked.length;

/** Where in the flags a step writes: a row of `width` for each step of a submit. */
export interface FlagAttributes {
  readonly width: number;
  readonly slot: number;
}

/** Atomic writes of integers: `flags` keeps what was found before. */
export const flagNonFiniteOp = defineOp<FlagAttributes>({
  name: "flagNonFinite",
  kind: "update",
  inputs: [...checked, "valid", "flags"],
  outputs: ["flags"],
  updates: [5],
  type: (inputs) => {
    const length = sizeAt(expectInput("flagNonFinite", inputs, 0, 1).shape, 0);
    for (const index of checked.keys()) {
      const { shape } = expectInput("flagNonFinite", inputs, index, 1);
      if (!sameShape(shape, [length]))
        throw shapeError("flagNonFinite", inputs, "the tensors are not of one length", formatShape([length]));
    }
    const valid = expectInput("flagNonFinite", inputs, 4, 1, "u32");
    const blocks = [ceilDivide(length, flagBlock)];
    if (!sameShape(valid.shape, blocks))
      throw shapeError("flagNonFinite", inputs, "valid does not fit the tensors", formatShape(blocks));
    return [expectInput("flagNonFinite", inputs, 5, 1, "u32")];
  },
  kernels: [
    defineKernel<"flagNonFinite/flag", FlagAttributes>({
      file: "flagNonFinite/flag",
      params: ({ inputs, outputs, attributes }) => ({
        vectors: ceilDivide(elementCount(inputs[0]?.shape ?? []), 4),
        flags: elementCount(outputs[0]?.shape ?? []),
        ...attributes,
      }),
      workgroups: ({ inputs }) => ceilDivide(elementCount(inputs[0]?.shape ?? []), 4 * 64),
      bindings: () => [...checked, "valid", null, "flags"],
    }),
  ],
  cost: ({ inputs }) => {
    const length = elementCount(inputs[0]?.shape ?? []);
    return { flops: 0, bytes: 4 * (checked.length * length + ceilDivide(length, flagBlock)) };
  },
});

/**
 * Marks a step in which a value is infinite or NaN, by the bits: flags[row · width + slot] gains bit k where tensor k holds
 * such an element, row being the step's; what is beyond the flags is dropped. Gaps of a flat buffer do not count.
 * @param tensors one to four, f32 [length]
 * @param valid u32 [⌈length / 64⌉]: how many elements of each block of 64 count
 * @param flags flat u32 state
 * @param attributes a row of one flag by default
 * @returns the new flags, in the storage of the old
 * @throws ShapeError where the lengths differ or do not fit `valid`
 */
export function flagNonFinite(
  tensors: readonly Tensor[],
  valid: Tensor,
  flags: Tensor,
  { width, slot }: FlagAttributes = oneFlag,
): Tensor {
  const [first] = tensors;
  if (!first || tensors.length > checked.length) {
    const types = tensors.map(({ type }) => type);
    throw shapeError("flagNonFinite", types, "wrong number of tensors", `1 to ${checked.length}`);
  }
  // An input read twice costs one read: its second is in the cache.
  const four = checked.map((_, index) => tensors[index] ?? first);
  return apply(flagNonFiniteOp, [...four, valid, flags], { width, slot });
}

const oneFlag: FlagAttributes = { width: 1, slot: 0 };
