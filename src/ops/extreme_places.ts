import type { Op } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { normaliseAxis, shapeError } from "./checks.ts";
import { splitPlaces } from "./passes/split_places.ts";
import type { ReductionAttributes } from "./reduction.ts";
import { defineReduction, dropAxes } from "./reduction.ts";
import { reductionKernels } from "./reduction_kernels.ts";

export interface PlaceOptions {
  /** The axis to search, a negative one from the end; the last by default. */
  readonly axis?: number;
  /** Keep the axis with size 1; false by default. */
  readonly keepDims?: boolean;
}

/** An op that says, as u32, where along neighbouring axes an extreme lies. */
export function definePlaces(name: "argmax" | "argmin"): Op<ReductionAttributes> {
  return defineReduction({
    name,
    dtype: "u32",
    kernels: reductionKernels(`${name}/fold`),
    passes: [splitPlaces],
  });
}

export function searchAxis(
  op: Op<ReductionAttributes>,
  x: Tensor,
  { axis = -1, keepDims = false }: PlaceOptions,
): Tensor {
  if (x.shape.length === 0)
    throw shapeError(op.name, [x.type], "a scalar has no axis to search", "at least one axis");
  const searched = normaliseAxis(op.name, x.shape, axis);
  const places = apply(op, [x], { axis: searched, count: 1 });
  return keepDims ? places : dropAxes(places, [searched]);
}
