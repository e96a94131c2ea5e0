import "../kernels/generated/normaliseGradient.ts";
import { scalar } from "../graph/leaves.ts";
import type { Saved } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { add } from "./add.ts";
import { expectFloat } from "./checks.ts";
import { cast } from "./convert.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import type { RowsEach } from "./normalisation.ts";
import {
  bytesOf,
  expectShape,
  foldGroups,
  normalised,
  rowsAccept,
  rowsSuit,
  sizesOf,
} from "./normalisation.ts";
import type { NormaliseSums } from "./normaliseSums.ts";
import { reshape } from "./reshape.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export interface NormaliseGradientAttributes {
  readonly groups: number;
  readonly epsilon: number;
}

type Request = KernelRequest<NormaliseGradientAttributes>;

/** The share of an element in its group's mean. */
function shareOf({ space, channels }: ReturnType<typeof sizesOf>, groups: number): number {
  return groups / (space * channels);
}

function sizes({ inputs, attributes: { groups } }: Request) {
  const own = sizesOf(inputs[1]?.shape ?? []);
  return { ...own, count: own.batch * own.space * own.channels, share: shareOf(own, groups) };
}

const grouped = ({ inputs, attributes: { groups } }: Request) => ({
  GROUPED: Number(groups !== sizesOf(inputs[1]?.shape ?? []).channels),
});

function vectors(rows: RowsEach): Kernel<NormaliseGradientAttributes> {
  return defineKernel<"normaliseGradient/vec4", NormaliseGradientAttributes>({
    file: "normaliseGradient/vec4",
    variant: { ROWS: rows },
    constants: (request) => ({ ...grouped(request), ITEMS: Number(sizes(request).batch > 1) }),
    accepts: (request) => rowsAccept(rows, sizes(request)),
    suits: (request, traits) => rowsSuit(rows, sizes(request), traits),
    params: (request) => {
      const { count, space, channels, share } = sizes(request);
      return { vectors: count / 4, row_vectors: channels / 4, item_vectors: (space * channels) / 4, share };
    },
    workgroups: (request) => ceilDivide(sizes(request).count / (4 * rows), 64),
  });
}

export const normaliseGradientOp = defineOp<NormaliseGradientAttributes>({
  name: "normaliseGradient",
  inputs: ["dy", "x", "mean", "inverse", "plain", "weighted", "scale"],
  outputs: ["out"],
  type: (inputs) => {
    const x = expectFloat("normaliseGradient", inputs, 1, 3);
    const { batch, channels } = sizesOf(x.shape);
    const one = [batch, 1, channels];
    const own = [x.shape, x.shape, [batch, 2, channels], one, one, one, [channels]];
    own.forEach((wanted, index) => {
      const isStatistic = index >= 2 && index <= 5;
      expectShape("normaliseGradient", inputs, index, wanted, isStatistic ? "f32" : "float");
    });
    return [x];
  },
  saves: ["dy", "x", "plain", "weighted", "scale"],
  vjp: (u, saved, attributes) => pullBack(u, saved, attributes),
  kernels: [
    vectors(4),
    vectors(1),
    defineKernel<"normaliseGradient/scalar", NormaliseGradientAttributes>({
      file: "normaliseGradient/scalar",
      constants: grouped,
      params: (request) => {
        const { count, space, channels, share } = sizes(request);
        return { count, channels, item: space * channels, share };
      },
      workgroups: (request) => ceilDivide(sizes(request).count, 64),
    }),
  ],
  cost: (request) => ({
    flops: 7 * elementCount(request.outputs[0]?.shape ?? []),
    bytes: bytesOf(request),
  }),
});

/** Derivatives of inverse · (scale · dy − f · plain − x̂ · f · weighted), inverse and x̂ being functions of x. */
function pullBack(cotangent: Tensor, saved: Saved, { groups, epsilon }: NormaliseGradientAttributes) {
  const u = cast(cotangent, "f32");
  const [dy, x, plain, weighted] = [saved("dy"), saved("x"), saved("plain"), saved("weighted")];
  const own = sizesOf(x.shape);
  const scale = cast(saved("scale"), "f32");
  const grouped = groups !== own.channels;
  const factor = mul(grouped ? scalar(1) : scale, scalar(shareOf(own, groups)));
  const { value, inverse, fold, pullBack: toX } = normalised(x, { over: "columns", groups, epsilon });
  const v = mul(u, inverse);
  const level = sum(v, { axes: 1, keepDims: true });
  const slope = sum(mul(v, value), { axes: 1, keepDims: true });
  const share = mul(factor, weighted);
  const inner = sub(sub(mul(scale, dy), mul(factor, plain)), mul(value, share));
  const throughInverse = mul(mul(square(inverse), value), fold(mul(u, inner)));
  const toScale = () => {
    const direct = sum(mul(v, dy), { axes: [0, 1] });
    if (grouped) return direct;
    const sums = sum(add(mul(plain, level), mul(weighted, slope)), { axes: [0, 1] });
    return sub(direct, mul(sums, scalar(shareOf(own, groups))));
  };
  return [
    mul(v, scale),
    sub(toX(neg(mul(v, share))), throughInverse),
    null,
    null,
    neg(mul(factor, level)),
    neg(mul(factor, slope)),
    toScale(),
  ];
}

/**
 * The gradient of `normalise` with respect to x: inverse · (scale · dy − mean(scale · dy) − x̂ · mean(scale · dy · x̂)), means over
 * each item's places and a group's channels.
 * @param dy [batch, space, channels]
 * @param x of the same shape; mean and inverse are its own, and gradients take them as functions of x
 * @param sums Σ dy and Σ dy · x̂ of each channel
 */
export function normaliseGradient(
  dy: Tensor,
  x: Tensor,
  mean: Tensor,
  inverse: Tensor,
  { plain, weighted }: NormaliseSums,
  scale: Tensor,
  { groups, epsilon }: NormaliseGradientAttributes,
): Tensor {
  const { channels } = sizesOf(x.shape);
  // Where a group has several channels, their sums come together with the scale in them.
  const together = (of: Tensor) =>
    groups === channels ? of : foldGroups(sum, mul(of, reshape(scale, [1, 1, channels])), groups);
  const inputs = [dy, x, mean, inverse, together(plain), together(weighted), scale];
  return apply(normaliseGradientOp, inputs, { groups, epsilon });
}
