import "../kernels/generated/boundNorms.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { defineFlatTransform, flatGroups, flatVectors } from "./flat_transforms.ts";

export interface BoundNormsAttributes {
  /** The largest norm that stays; above 0. */
  readonly limit: number;
}

export const boundNormsOp = defineFlatTransform<BoundNormsAttributes>({
  name: "boundNorms",
  flat: ["x"],
  vectors: ["norms"],
  table: { name: "blocks", dtype: "u32", width: 3 },
  kernel: defineKernel<"boundNorms/boundNorms", BoundNormsAttributes>({
    file: "boundNorms/boundNorms",
    params: (request) => ({ vectors: flatVectors(request), limit: request.attributes.limit }),
    workgroups: flatGroups,
  }),
  flops: 3,
});

/**
 * Scales what is longer than a limit down to it: out = x · limit / max(norm, limit), with the norm that an element's tensor,
 * or its column of it, has; what is within the limit keeps its bits.
 * @param x flat, f32
 * @param norms of tensors or of their columns
 * @param blocks u32, three numbers for each 64 elements: where the tensor there begins, its columns (0: leave it as it is),
 * and which norm is that of its first column
 */
export function boundNorms(
  x: Tensor,
  norms: Tensor,
  blocks: Tensor,
  attributes: BoundNormsAttributes,
): Tensor {
  return apply(boundNormsOp, [x, norms, blocks], attributes);
}
