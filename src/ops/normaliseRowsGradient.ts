import "../kernels/generated/normaliseRowsGradient.ts";
import { scalar } from "../graph/leaves.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount } from "../kernels/types.ts";
import { add } from "./add.ts";
import { expectFloat } from "./checks.ts";
import { cast } from "./convert.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import type { Affine } from "./normalisation.ts";
import {
  affineBindings,
  affineWork,
  bytesOf,
  expectShape,
  normalised,
  present,
  sizesOf,
} from "./normalisation.ts";
import { rowGroups, rowView, suitsWorkgroups } from "./row_kernels.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export interface NormaliseRowsGradientAttributes {
  readonly epsilon: number;
  readonly centred: boolean;
  /** Whether a scale follows the inputs. */
  readonly affine: Exclude<Affine, 2>;
}

type Request = KernelRequest<NormaliseRowsGradientAttributes>;

const shared = {
  constants: ({ attributes: { centred } }: Request) => ({ CENTRED: Number(centred) }),
  fused: ({ attributes: { affine } }: Request) => affineWork(affine),
  bindings: ({ attributes: { affine } }: Request) => [
    ...["dy", "x", "mean", "inverse"],
    ...affineBindings(affine),
    "out",
  ],
  params: (request: Request) => rowView(request),
};

export const normaliseRowsGradientOp = defineOp<NormaliseRowsGradientAttributes>({
  name: "normaliseRowsGradient",
  inputs: ["dy", "x", "mean", "inverse", "scale"],
  outputs: ["out"],
  type: (inputs, { affine }) => {
    const x = expectFloat("normaliseRowsGradient", inputs, 1, 2);
    const { space: rows, channels: columns } = sizesOf(x.shape);
    const own = [x.shape, x.shape, [rows, 2], [rows], [columns]];
    own.slice(0, 4 + affine).forEach((wanted, index) => {
      const isStatistic = index === 2 || index === 3;
      expectShape("normaliseRowsGradient", inputs, index, wanted, isStatistic ? "f32" : "float");
    });
    return [x];
  },
  saves: ["dy", "x", "scale"],
  vjp: (cotangent, saved, { epsilon, centred, affine }) => {
    const u = cast(cotangent, "f32");
    const dy = cast(saved("dy"), "f32");
    const scale = affine ? saved("scale") : scalar(1);
    const v = mul(scale, dy);
    const { value, inverse, fold, pullBack } = normalised(saved("x"), { over: "rows", epsilon, centred });
    const toV = pullBack(u);
    const byX = neg(mul(inverse, add(mul(u, fold(mul(v, value))), mul(v, fold(mul(u, value))))));
    const products = sub(fold(mul(u, v)), mul(fold(mul(u, value)), fold(mul(v, value))));
    const spread = centred ? sub(products, mul(fold(u), fold(v))) : products;
    return [
      mul(scale, toV),
      sub(pullBack(byX), mul(mul(square(inverse), value), spread)),
      null,
      null,
      ...(affine ? [sum(mul(dy, toV), { axes: 0 })] : []),
    ];
  },
  kernels: [
    defineKernel<"normaliseRowsGradient/workgroup", NormaliseRowsGradientAttributes>({
      file: "normaliseRowsGradient/workgroup",
      ...shared,
      suits: suitsWorkgroups,
      workgroups: rowGroups("workgroup"),
    }),
    defineKernel<"normaliseRowsGradient/serial_vec4", NormaliseRowsGradientAttributes>({
      file: "normaliseRowsGradient/serial_vec4",
      ...shared,
      accepts: (request) => rowView(request).columns % 4 === 0,
      workgroups: rowGroups("serial"),
    }),
    defineKernel<"normaliseRowsGradient/serial", NormaliseRowsGradientAttributes>({
      file: "normaliseRowsGradient/serial",
      ...shared,
      workgroups: rowGroups("serial"),
    }),
  ],
  cost: (request) => ({
    flops: 10 * elementCount(request.outputs[0]?.shape ?? []),
    bytes: bytesOf(request),
  }),
});

/**
 * The gradient of `normaliseRows` with respect to x: inverse · (v − mean(v) − x̂ · mean(v · x̂)) over each row, v = scale · dy.
 * @param dy [rows, columns]
 * @param x of the same shape; mean and inverse are its own, and gradients take them as functions of x
 */
export function normaliseRowsGradient(
  dy: Tensor,
  x: Tensor,
  mean: Tensor,
  inverse: Tensor,
  attributes: Pick<NormaliseRowsGradientAttributes, "epsilon" | "centred">,
  scale?: Tensor,
): Tensor {
  const affine = scale ? 1 : 0;
  return apply(normaliseRowsGradientOp, present(dy, x, mean, inverse, scale), { ...attributes, affine });
}
