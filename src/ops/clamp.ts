import "../kernels/generated/elementwise/clamp.ts";
import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineElementwise } from "./elementwise.ts";
import { equal } from "./equal.ts";
import { mul } from "./mul.ts";

export interface ClampOptions {
  /** No bound by default. */
  readonly min?: number;
  /** No bound by default. */
  readonly max?: number;
}

export const clampOp = defineElementwise<ClampOptions>({
  name: "clamp",
  inputs: ["x"],
  // A shader knows no infinite constant: whether there is a bound is said apart.
  constants: ({ min, max }) => [min ?? 0, max ?? 0, min === undefined ? 0 : 1, max === undefined ? 0 : 1],
  saves: ["x", "out"],
  vjp: (dy, saved) => [mul(dy, equal(saved("x"), saved("out")))],
  flops: 2,
});

/**
 * min(max(x, min), max): the largest where min > max, as in PyTorch. The gradient is 1 from min to max, both included,
 * else 0. NaN stays NaN.
 * @throws UsageError where neither bound is given, or one is not finite
 */
export function clamp(x: Tensor, { min, max }: ClampOptions): Tensor {
  const bounds = [min, max].filter((bound) => bound !== undefined);
  if (bounds.length === 0 || !bounds.every((bound) => Number.isFinite(Math.fround(bound)))) {
    throw new UsageError({
      where: "clamp",
      problem: "the bounds are wrong",
      got: `min ${min}, max ${max}`,
      expected: "min, max or both, finite",
      hint: "leave out the bound on a side that has none",
    });
  }
  return apply(clampOp, [x], { ...(min !== undefined && { min }), ...(max !== undefined && { max }) });
}
