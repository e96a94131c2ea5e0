import "../kernels/generated/normaliseSums.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { add } from "./add.ts";
import { broadcastTo } from "./broadcast.ts";
import { expectFloat, shapeError } from "./checks.ts";
import { mul } from "./mul.ts";
import type { Statistics } from "./normalisation.ts";
import { bytesOf, expectShape, normalised, partsFor, sizesOf } from "./normalisation.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

export interface NormaliseSumsAttributes {
  readonly statistics: Statistics;
  /** Into how many parts the places are split: a divisor of their number. */
  readonly parts: number;
}

type Request = KernelRequest<NormaliseSumsAttributes>;

function params({ inputs, attributes: { parts } }: Request) {
  const { batch, space, channels } = sizesOf(inputs[0]?.shape ?? []);
  return { parts: batch * parts, length: space / parts, channels, item_parts: parts };
}

const invocations = (request: Request): number => params(request).parts * params(request).channels;

function kernel(file: "normaliseSums/vec4" | "normaliseSums/scalar"): Kernel<NormaliseSumsAttributes> {
  const lanes = file === "normaliseSums/vec4" ? 4 : 1;
  return defineKernel<typeof file, NormaliseSumsAttributes>({
    file,
    accepts: (request) => params(request).channels % lanes === 0,
    constants: ({ attributes: { statistics } }) => ({ BY_ROW: Number(statistics.over === "rows") }),
    params,
    workgroups: (request) => ceilDivide(invocations(request) / lanes, 64),
  });
}

/** The shapes of `mean` and `inverse` for x[batch, space, channels]. */
function statisticsShapes({ over }: Statistics, shape: Shape): readonly [mean: Shape, inverse: Shape] {
  const { batch, space, channels } = sizesOf(shape);
  if (over === "rows") return [[batch * space, 2], [batch * space]];
  return [
    [batch, 2, channels],
    [batch, 1, channels],
  ];
}

export const normaliseSumsOp = defineOp<NormaliseSumsAttributes>({
  name: "normaliseSums",
  inputs: ["dy", "x", "mean", "inverse"],
  outputs: ["plain", "weighted"],
  type: (inputs, { statistics, parts }) => {
    const { shape } = expectFloat("normaliseSums", inputs, 1, 3);
    const { batch, space, channels } = sizesOf(shape);
    const [mean, inverse] = statisticsShapes(statistics, shape);
    [shape, shape, mean, inverse].forEach((wanted, index) => {
      expectShape("normaliseSums", inputs, index, wanted, index < 2 ? "float" : "f32");
    });
    if (space % parts !== 0) {
      const expected = `a divisor of ${space}, not ${parts}`;
      throw shapeError("normaliseSums", inputs, "the parts are not equal", expected);
    }
    const type = { shape: [batch, parts, channels], dtype: "f32" } as const;
    return [type, type];
  },
  saves: ["dy", "x"],
  vjpOfOutputs: ([plain, weighted], saved, { statistics, parts }) => {
    const x = saved("x");
    const { batch, space, channels } = sizesOf(x.shape);
    const split = (tensor: Tensor) => reshape(tensor, [batch, parts, space / parts, channels]);
    const whole = (tensor: Tensor) => reshape(tensor, [batch, space, channels]);
    const spread = (cotangent: Tensor, over: Tensor) =>
      whole(mul(reshape(cotangent, [batch, parts, 1, channels]), split(over)));
    const one = normalised(x, statistics);
    const fromWeighted = weighted ? spread(weighted, one.value) : null;
    const fromPlain = plain
      ? whole(broadcastTo(reshape(plain, [batch, parts, 1, channels]), split(x).shape))
      : null;
    const dy = fromPlain && fromWeighted ? add(fromPlain, fromWeighted) : (fromPlain ?? fromWeighted);
    return [dy, weighted ? one.pullBack(spread(weighted, saved("dy"))) : null, null, null];
  },
  kernels: [kernel("normaliseSums/vec4"), kernel("normaliseSums/scalar")],
  cost: (request) => ({
    flops: 5 * elementCount(request.inputs[0]?.shape ?? []),
    bytes: bytesOf(request),
  }),
});

/** The sums that gradients of normalisations are made of, for each channel. */
export interface NormaliseSums {
  /** Σ dy, [batch, 1, channels]: the bias's gradient. */
  readonly plain: Tensor;
  /** Σ dy · x̂, [batch, 1, channels]: the scale's gradient. */
  readonly weighted: Tensor;
}

/**
 * Σ dy and Σ dy · x̂ over the places, x̂ = (x − mean) · inverse: both in one pass over dy and x, in parts that are summed.
 * @param dy [batch, space, channels]
 * @param x of the same shape; mean and inverse are its own, and gradients take them as functions of x
 */
export function normaliseSums(
  dy: Tensor,
  x: Tensor,
  mean: Tensor,
  inverse: Tensor,
  statistics: Statistics,
  parts = partsFor(x.shape),
): NormaliseSums {
  const [plain, weighted] = record(normaliseSumsOp, [dy, x, mean, inverse], { statistics, parts });
  if (!plain || !weighted) throw new Error("internal: normaliseSums has two outputs");
  const total = (of: Tensor) => (parts === 1 ? of : sum(of, { axes: 1, keepDims: true }));
  return { plain: total(plain), weighted: total(weighted) };
}
