import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { add } from "./add.ts";
import type { DropoutAttributes } from "./dropout.ts";
import { mul } from "./mul.ts";
import { expectDropout } from "./random_draw.ts";
import { randomBernoulli } from "./randomBernoulli.ts";

/** Where the SELU ends to the left: −scale · alpha. */
const saturation = -1.7580993408473766;

/**
 * Sets a share of the elements to what SELU gives at −∞, and scales and shifts all so that mean 0 and variance 1 stay
 * so. Drawn anew in each step, as `dropout` is. Klambauer and others, "Self-normalizing neural networks", 2017.
 * @throws UsageError where the rate or the stream is out of range
 */
export function alphaDropout(x: Tensor, { rate, stream }: DropoutAttributes): Tensor {
  expectDropout("alphaDropout", rate, stream);
  if (rate === 0) return x;
  const keep = 1 - rate;
  const scale = 1 / Math.sqrt(keep + saturation ** 2 * keep * rate);
  const shift = -scale * rate * saturation;
  const kept = randomBernoulli(x.shape, { stream, probability: keep });
  // scale · (x · kept + saturation · (1 − kept)) + shift, with what does not depend on the mask multiplied out.
  const offset = add(mul(kept, scalar(-scale * saturation)), scalar(scale * saturation + shift));
  return add(mul(mul(x, kept), scalar(scale)), offset);
}
