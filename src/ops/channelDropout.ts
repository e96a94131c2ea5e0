import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { shapeError } from "./checks.ts";
import type { DropoutAttributes } from "./dropout.ts";
import { mul } from "./mul.ts";
import { expectDropout } from "./random_draw.ts";
import { randomBernoulli } from "./randomBernoulli.ts";

/**
 * Sets a share of the channels of each example to 0, whole, and scales the rest by 1 / (1 − rate): where neighbouring
 * pixels tell much the same, single ones dropped would not be missed. Drawn anew in each step, as `dropout` is. Tompson
 * and others, "Efficient object localization using convolutional networks", 2015.
 * @param x f32 [batch, …, channels]
 * @throws ShapeError where x has fewer than two axes; UsageError where the rate or the stream is out of range
 */
export function channelDropout(x: Tensor, { rate, stream }: DropoutAttributes): Tensor {
  expectDropout("channelDropout", rate, stream);
  if (x.shape.length < 2) {
    throw shapeError("channelDropout", [x.type], "there are no channels", "f32[batch, …, channels]");
  }
  if (rate === 0) return x;
  const last = x.shape.length - 1;
  const shape = x.shape.map((size, axis) => (axis === 0 || axis === last ? size : 1));
  const kept = randomBernoulli(shape, { stream, probability: 1 - rate });
  return mul(x, mul(kept, scalar(1 / (1 - rate))));
}
