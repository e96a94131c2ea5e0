import "../kernels/generated/normaliseRows.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { elementCount } from "../kernels/types.ts";
import { expectFloat } from "./checks.ts";
import type { Affine } from "./normalisation.ts";
import {
  affineBindings,
  affineOf,
  affineWork,
  bytesOf,
  expectShape,
  present,
  sizesOf,
} from "./normalisation.ts";
import { normaliseRowsGradient } from "./normaliseRowsGradient.ts";
import { normaliseSums } from "./normaliseSums.ts";
import { reshape } from "./reshape.ts";
import { rowGroups, rowView, suitsWorkgroups } from "./row_kernels.ts";

export interface NormaliseRowsAttributes {
  readonly epsilon: number;
  /** False: the mean is taken to be 0, so that rows are divided by their root mean square. */
  readonly centred: boolean;
  readonly affine: Affine;
}

type Request = KernelRequest<NormaliseRowsAttributes>;

const shared = {
  constants: ({ attributes: { centred } }: Request) => ({ CENTRED: Number(centred) }),
  fused: ({ attributes: { affine } }: Request) => affineWork(affine),
  bindings: ({ attributes: { affine } }: Request) => [
    "x",
    ...affineBindings(affine),
    ...["out", "mean", "inverse"],
  ],
  params: (request: Request) => ({ ...rowView(request), epsilon: request.attributes.epsilon }),
};

export const normaliseRowsOp = defineOp<NormaliseRowsAttributes>({
  name: "normaliseRows",
  inputs: ["x", "scale", "bias"],
  outputs: ["out", "mean", "inverse"],
  type: (inputs, { affine }) => {
    const x = expectFloat("normaliseRows", inputs, 0, 2);
    const { space: rows, channels: columns } = sizesOf(x.shape);
    for (let index = 1; index <= affine; index++)
      expectShape("normaliseRows", inputs, index, [columns], "float");
    return [x, { shape: [rows, 2], dtype: "f32" }, { shape: [rows], dtype: "f32" }];
  },
  saves: ["x", "scale", "mean", "inverse"],
  vjp: (dy, saved, { epsilon, centred, affine }) => {
    const [x, mean, inverse] = [saved("x"), saved("mean"), saved("inverse")];
    const scale = affine > 0 ? saved("scale") : undefined;
    const dx = normaliseRowsGradient(dy, x, mean, inverse, { epsilon, centred }, scale);
    if (affine === 0) return [dx];
    const [rows, columns] = x.shape;
    const item = (tensor: Tensor) => reshape(tensor, [1, rows ?? 1, columns ?? 1]);
    const statistics = { over: "rows", epsilon, centred } as const;
    const { plain, weighted } = normaliseSums(item(dy), item(x), mean, inverse, statistics);
    return [dx, ...[weighted, plain].slice(0, affine).map((total) => reshape(total, [columns ?? 1]))];
  },
  kernels: [
    defineKernel<"normaliseRows/workgroup", NormaliseRowsAttributes>({
      file: "normaliseRows/workgroup",
      ...shared,
      suits: suitsWorkgroups,
      workgroups: rowGroups("workgroup"),
    }),
    defineKernel<"normaliseRows/serial_vec4", NormaliseRowsAttributes>({
      file: "normaliseRows/serial_vec4",
      ...shared,
      accepts: (request) => rowView(request).columns % 4 === 0,
      workgroups: rowGroups("serial"),
    }),
    defineKernel<"normaliseRows/serial", NormaliseRowsAttributes>({
      file: "normaliseRows/serial",
      ...shared,
      workgroups: rowGroups("serial"),
    }),
  ],
  cost: (request) => ({
    flops: 9 * elementCount(request.outputs[0]?.shape ?? []),
    bytes: bytesOf(request),
  }),
});

/**
 * Each row of x less its mean, by the root of its variance plus ε, times scale plus bias: in one dispatch.
 * @param x [rows, columns]
 * @param scale [columns]; a bias needs one
 * @param bias [columns]
 * @returns the result; [rows, 2], each row's mean as its first value and the distance from it; [rows], 1 / √(variance + ε)
 */
export function normaliseRows(
  x: Tensor,
  attributes: Pick<NormaliseRowsAttributes, "epsilon" | "centred">,
  scale?: Tensor,
  bias?: Tensor,
): readonly [out: Tensor, mean: Tensor, inverse: Tensor] {
  const inputs = present(x, scale, bias);
  const [out, mean, inverse] = record(normaliseRowsOp, inputs, {
    ...attributes,
    affine: affineOf(scale, bias),
  });
  if (!out || !mean || !inverse) throw new Error("internal: normaliseRows has three outputs");
  return [out, mean, inverse];
}
