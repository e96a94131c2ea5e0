import type { EpilogueAttributes } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { add } from "./add.ts";
import { expectInput } from "./checks.ts";
import type { Moments } from "./mergeMoments.ts";
import { mergeMoments } from "./mergeMoments.ts";
import { momentParts } from "./momentParts.ts";
import type { Affine } from "./normalisation.ts";
import {
  affineBindings,
  affineOf,
  affineWork,
  bytesOf,
  expectShape,
  partsFor,
  present,
  sizesOf,
} from "./normalisation.ts";
import { normaliseGradient } from "./normaliseGradient.ts";
import { normaliseSums } from "./normaliseSums.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

export interface NormaliseAttributes extends EpilogueAttributes {
  readonly groups: number;
  readonly epsilon: number;
  readonly affine: Affine;
}

type Request = KernelRequest<NormaliseAttributes>;

function sizes({ inputs }: Request) {
  const own = sizesOf(inputs[0]?.shape ?? []);
  return { ...own, count: own.batch * own.space * own.channels };
}

const shared = {
  fused: ({ attributes }: Request) => affineWork(attributes.affine, attributes),
  bindings: ({ attributes }: Request) => [
    ...["x", "mean", "inverse"],
    ...affineBindings(attributes.affine, attributes),
    "out",
  ],
};

function vectors(rows: 1 | 4): Kernel<NormaliseAttributes> {
  return defineKernel<"normalise/vec4", NormaliseAttributes>({
    file: "normalise/vec4",
    variant: { ROWS: rows },
    ...shared,
    accepts: (request) => sizes(request).channels % 4 === 0 && sizes(request).space % rows === 0,
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
  type: (inputs, { affine }) => {
    const x = expectInput("normalise", inputs, 0, 3);
    const { batch, channels } = sizesOf(x.shape);
    const own = [x.shape, [batch, 2, channels], [batch, 1, channels], [channels], [channels]];
    own.slice(0, 3 + affine).forEach((wanted, index) => {
      expectShape("normalise", inputs, index, wanted);
    });
    return [x];
  },
  saves: ["x", "mean", "inverse", "scale"],
  vjp: (dy, saved, { groups, epsilon, affine }) => {
    const [x, mean, inverse] = [saved("x"), saved("mean"), saved("inverse")];
    const { channels } = sizesOf(x.shape);
    const sums = normaliseSums(dy, x, mean, inverse, { over: "columns", groups, epsilon });
    const scale = affine > 0 ? saved("scale") : undefined;
    const total = (of: Tensor) => reshape(sum(of, { axes: [0, 1] }), [channels]);
    return [
      normaliseGradient(dy, x, mean, inverse, sums, { groups, epsilon }, scale),
      null,
      null,
      ...[sums.weighted, sums.plain].slice(0, affine).map(total),
    ];
  },
  acceptsEpilogue: ["operand"],
  kernels: [
    vectors(4),
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
 * @param scale [channels]; a bias needs one
 * @param bias [channels]
 */
export function normalise(
  x: Tensor,
  { mean, inverse }: Pick<Moments, "mean" | "inverse">,
  attributes: Pick<NormaliseAttributes, "groups" | "epsilon">,
  scale?: Tensor,
  bias?: Tensor,
): Tensor {
  const affine = affineOf(scale, bias);
  return apply(normaliseOp, present(x, mean, inverse, scale, bias), { ...attributes, affine });
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
  const out = normalise(x, moments, attributes, scale, scale && bias);
  return { ...moments, out: bias && !scale ? add(out, bias) : out };
}

/** The moments of each item of the batch and each group of neighbouring channels, of x[batch, space, channels]. */
export function momentsOf(x: Tensor, attributes: Pick<NormaliseAttributes, "groups" | "epsilon">): Moments {
  const parts = partsFor(x.shape);
  return mergeMoments(momentParts(x, parts), { ...attributes, length: sizesOf(x.shape).space / parts });
}
