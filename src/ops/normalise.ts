import "../kernels/generated/normalise.ts";
import { constantTensor } from "../graph/leaves.ts";
import type { EpilogueAttributes } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectFloat } from "./checks.ts";
import { epilogueBindings } from "./epilogue.ts";
import type { Moments } from "./mergeMoments.ts";
import { mergeMoments } from "./mergeMoments.ts";
import { momentParts } from "./momentParts.ts";
import type { RowsEach } from "./normalisation.ts";
import { bytesOf, expectShape, partsFor, rowsAccept, rowsSuit, sizesOf } from "./normalisation.ts";
import { normaliseGradient } from "./normaliseGradient.ts";
import { normaliseSums } from "./normaliseSums.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

export interface NormaliseAttributes extends EpilogueAttributes {
  readonly groups: number;
  readonly epsilon: number;
}

type Request = KernelRequest<NormaliseAttributes>;

function sizes({ inputs }: Request) {
  const own = sizesOf(inputs[0]?.shape ?? []);
  return { ...own, count: own.batch * own.space * own.channels };
}

const shared = {
  ...epilogueBindings<NormaliseAttributes>(["x", "mean", "inverse", "scale", "bias"], "out"),
};

function vectors(rows: RowsEach): Kernel<NormaliseAttributes> {
  return defineKernel<"normalise/vec4", NormaliseAttributes>({
    file: "normalise/vec4",
    variant: { ROWS: rows },
    ...shared,
    constants: (request) => ({ ITEMS: Number(sizes(request).batch > 1) }),
    accepts: (request) => rowsAccept(rows, sizes(request)),
    suits: (request, traits) => rowsSuit(rows, sizes(request), traits),
    params: (request) => {
      const { count, space, channels } = sizes(request);
      return { vectors: count / 4, row_vectors: channels / 4, item_vectors: (space * channels) / 4 };
    },
    workgroups: (request) => ceilDivide(sizes(request).count / (4 * rows), 64),
  });
}

export const normaliseOp = defineOp<NormaliseAttributes>({
  name: "normalise",
  inputs: ["x", "mean", "inverse", "scale", "bias"],
  outputs: ["out"],
  type: (inputs, { dtype }) => {
    const x = expectFloat("normalise", inputs, 0, 3);
    const { batch, channels } = sizesOf(x.shape);
    const own = [x.shape, [batch, 2, channels], [batch, 1, channels], [channels], [channels]];
    own.forEach((wanted, index) => {
      const isStatistic = index === 1 || index === 2;
      expectShape("normalise", inputs, index, wanted, isStatistic ? "f32" : "float");
    });
    return [{ ...x, dtype: dtype ?? x.dtype }];
  },
  saves: ["x", "mean", "inverse", "scale"],
  vjp: (dy, saved, { groups, epsilon }) => {
    const [x, mean, inverse] = [saved("x"), saved("mean"), saved("inverse")];
    const { channels } = sizesOf(x.shape);
    const sums = normaliseSums(dy, x, mean, inverse, { over: "columns", groups, epsilon });
    const total = (of: Tensor) => reshape(sum(of, { axes: [0, 1] }), [channels]);
    return [
      normaliseGradient(dy, x, mean, inverse, sums, saved("scale"), { groups, epsilon }),
      null,
      null,
      ...[sums.weighted, sums.plain].map(total),
    ];
  },
  acceptsEpilogue: ["operand"],
  kernels: [
    vectors(8),
    vectors(1),
    defineKernel<"normalise/scalar", NormaliseAttributes>({
      file: "normalise/scalar",
      ...shared,
      params: (request) => {
        const { count, space, channels } = sizes(request);
        return { count, channels, item: space * channels };
      },
      workgroups: (request) => ceilDivide(sizes(request).count, 4 * 64),
    }),
  ],
  cost: (request) => ({
    flops: 5 * elementCount(request.outputs[0]?.shape ?? []),
    bytes: bytesOf(request),
  }),
});

/**
 * (x − mean) · inverse · scale + bias, with one mean and inverse for each item of the batch and each channel.
 * @param x [batch, space, channels]
 * @param moments those of x itself, groups of channels taken together: the gradient takes them as functions of x
 * @param scale [channels]
 * @param bias [channels]
 */
export function normalise(
  x: Tensor,
  { mean, inverse }: Pick<Moments, "mean" | "inverse">,
  scale: Tensor,
  bias: Tensor,
  attributes: Pick<NormaliseAttributes, "groups" | "epsilon">,
): Tensor {
  return apply(normaliseOp, [x, mean, inverse, scale, bias], attributes);
}

/**
 * Normalises by x's own moments: those of each item of the batch and each group of neighbouring channels.
 * @param x [batch, space, channels]
 */
export function normaliseGroups(
  x: Tensor,
  attributes: Pick<NormaliseAttributes, "groups" | "epsilon">,
  { scale, bias }: { readonly scale?: Tensor | undefined; readonly bias?: Tensor | undefined } = {},
): Moments & { readonly out: Tensor } {
  const moments = momentsOf(x, attributes);
  const { channels } = sizesOf(x.shape);
  return {
    ...moments,
    out: normalise(x, moments, scale ?? all(1, channels), bias ?? all(0, channels), attributes),
  };
}

/** A vector that stands for a scale or a bias that is not there: so kernels have one form. */
const all = (value: number, length: number): Tensor =>
  constantTensor(new Float32Array(length).fill(value), { shape: [length], dtype: "f32" });

/** The moments of each item of the batch and each group of neighbouring channels, of x[batch, space, channels]. */
export function momentsOf(x: Tensor, attributes: Pick<NormaliseAttributes, "groups" | "epsilon">): Moments {
  const parts = partsFor(x.shape);
  return mergeMoments(momentParts(x, parts), { ...attributes, length: sizesOf(x.shape).space / parts });
}
