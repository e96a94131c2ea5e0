import "../kernels/generated/argmax.ts";
import "../kernels/generated/argmaxAmong.ts";
import "../kernels/generated/argmin.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { expectFloat, expectInput, shapeError, sizeAt } from "./checks.ts";

export interface AmongAttributes {
  readonly extreme: "largest" | "smallest";
}

type Request = KernelRequest<AmongAttributes>;

export const argmaxAmongOp = defineOp<AmongAttributes>({
  name: "argmaxAmong",
  inputs: ["x", "places"],
  outputs: ["out"],
  type: (inputs) => {
    const x = expectFloat("argmaxAmong", inputs, 0, 3).shape;
    const places = expectInput("argmaxAmong", inputs, 1, 3, "u32").shape;
    if (x[0] !== places[0] || x[2] !== places[2])
      throw shapeError("argmaxAmong", inputs, "the places are of other lines", "equal first and last axes");
    return [{ shape: [sizeAt(x, 0), 1, sizeAt(x, 2)], dtype: "u32" }];
  },
  kernels: (["largest", "smallest"] as const).flatMap((extreme) => [
    kernel("workgroup", extreme),
    kernel("serial", extreme),
  ]),
});

function sizes({ inputs: [x, places] }: Request) {
  const [outer = 1, length = 1, inner = 1] = x?.shape ?? [];
  return { outer, length, inner, parts: places?.shape[1] ?? 1 };
}

function kernel(way: "workgroup" | "serial", extreme: AmongAttributes["extreme"]): Kernel<AmongAttributes> {
  return defineKernel<`argmaxAmong/${typeof way}`, AmongAttributes>({
    file: `argmaxAmong/${way}`,
    ...(extreme === "smallest" && { includes: { "argmax/fold": "argmin/fold" } }),
    accepts: ({ attributes }) => attributes.extreme === extreme,
    suits: (request, traits) => way === "serial" || (!traits.barriersAreDear && sizes(request).parts >= 16),
    params: sizes,
    workgroups: (request) => {
      const outputs = sizes(request).outer * sizes(request).inner;
      return way === "serial" ? ceilDivide(outputs, 64) : outputs;
    },
  });
}

/**
 * The second half of `argmax` and `argmin` over long lines: of the best place of each part, the one that is best of all,
 * the first of several.
 * @param x a float [outer, length, inner]
 * @param places u32 [outer, parts, inner], rising, each below length
 * @returns u32 [outer, 1, inner]
 */
export function argmaxAmong(x: Tensor, places: Tensor, extreme: AmongAttributes["extreme"]): Tensor {
  return apply(argmaxAmongOp, [x, places], { extreme });
}
