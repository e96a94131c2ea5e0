import { RandomStream } from "../kernels/philox.ts";
import type { DType, TensorType, TypedArray } from "../kernels/types.ts";
import { elementCount, storedValues } from "../kernels/types.ts";
import type { CaseInput, Fill } from "./case.ts";

/** Distance of `distinct` values, exact in f32 and far above the step of a finite difference. */
const defaultGap = 1 / 64;

export function typeOf({ shape, fill, dtype }: CaseInput): TensorType {
  return { shape, dtype: dtype ?? (fill?.kind === "indices" ? "u32" : "f32") };
}

/** The elements of a case's input: the same for the same seed and place. f32 values are exact in f32. */
export function fillInput(input: CaseInput, seed: number, place: number): TypedArray {
  const { shape, dtype } = typeOf(input);
  return fillValues(
    input.fill ?? { kind: "normal" },
    dtype,
    elementCount(shape),
    new RandomStream(seed, place),
  );
}

export function fillValues(fill: Fill, dtype: DType, count: number, random: RandomStream): TypedArray {
  const draw = (next: (index: number) => number) =>
    storedValues(
      dtype,
      Array.from({ length: count }, (_, i) => next(i)),
    );
  switch (fill.kind) {
    case "normal":
      return draw(() => (fill.scale ?? 1) * random.normal());
    case "uniform":
      return draw(() => fill.low + (fill.high - fill.low) * random.uniform());
    case "distinct": {
      const order = random.permutation(count);
      return draw((index) => distinct(order[index] ?? 0, fill.gap ?? defaultGap));
    }
    case "indices":
      return draw(() => random.below(fill.below));
    case "values":
      if (fill.values.length !== count)
        throw new Error(`a case gives ${fill.values.length} values for ${count} elements`);
      return draw((index) => fill.values[index] ?? 0);
    default:
      return fill satisfies never;
  }
}

/** 1, −1, 2, −2, … times the gap. */
function distinct(rank: number, gap: number): number {
  return (Math.floor(rank / 2) + 1) * gap * (rank % 2 === 0 ? 1 : -1);
}
