import "../kernels/generated/mergeMoments.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import { bytesOf } from "./normalisation.ts";

export interface MergeMomentsAttributes {
  /** Groups of neighbouring channels that share their moments. */
  readonly groups: number;
  /** Values of a channel in a part. */
  readonly length: number;
  readonly epsilon: number;
}

type Request = KernelRequest<MergeMomentsAttributes>;

function params({ inputs, attributes }: Request) {
  const shape = inputs[0]?.shape ?? [];
  return { batch: sizeAt(shape, 0), parts: sizeAt(shape, 1), channels: sizeAt(shape, 3), ...attributes };
}

const groupsOf = (request: Request): number => params(request).batch * request.attributes.groups;

/** Parts of a group below which a workgroup would mostly idle. */
const fewTerms = 64;

export const mergeMomentsOp = defineOp<MergeMomentsAttributes>({
  name: "mergeMoments",
  inputs: ["parts"],
  outputs: ["mean", "inverse", "variance"],
  type: (inputs, { groups }) => {
    const { shape } = expectInput("mergeMoments", inputs, 0, 4);
    const batch = sizeAt(shape, 0);
    const channels = sizeAt(shape, 3);
    if (sizeAt(shape, 2) !== 3 || channels % groups !== 0) {
      throw shapeError("mergeMoments", inputs, "these are no moments", `[batch, parts, 3, ${groups} · n]`);
    }
    const one = { shape: [batch, 1, channels], dtype: "f32" } as const;
    return [{ shape: [batch, 2, channels], dtype: "f32" }, one, one];
  },
  kernels: [
    defineKernel<"mergeMoments/workgroup", MergeMomentsAttributes>({
      file: "mergeMoments/workgroup",
      suits: (request, traits) => {
        const { parts, channels, groups } = params(request);
        return !traits.barriersAreDear && (parts * channels) / groups >= fewTerms;
      },
      params,
      workgroups: groupsOf,
    }),
    defineKernel<"mergeMoments/serial", MergeMomentsAttributes>({
      file: "mergeMoments/serial",
      params,
      workgroups: (request) => ceilDivide(groupsOf(request), 64),
    }),
  ],
  cost: (request) => ({
    flops: 4 * elementCount(request.inputs[0]?.shape ?? []),
    bytes: bytesOf(request),
  }),
});

/** Statistics of groups of channels, repeated for each channel of a group. */
export interface Moments {
  /** [batch, 2, channels]: the mean, as one of the values and the distance from it: (x − one) − distance keeps all
   * digits where a mean in f32 alone would not. */
  readonly mean: Tensor;
  /** [batch, 1, channels]: 1 / √(variance + ε). */
  readonly inverse: Tensor;
  /** [batch, 1, channels]: the mean squared deviation. */
  readonly variance: Tensor;
}

/**
 * Statistics of whole groups of channels from those of their parts; no gradient flows through them, since the ops that
 * take them account for it.
 * @param parts [batch, parts, 3, channels], of `momentParts`
 */
export function mergeMoments(parts: Tensor, attributes: MergeMomentsAttributes): Moments {
  const [mean, inverse, variance] = record(mergeMomentsOp, [parts], attributes);
  if (!mean || !inverse || !variance) throw new Error("internal: mergeMoments has three outputs");
  return { mean, inverse, variance };
}
