import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { add } from "./add.ts";
import { sizeAt } from "./checks.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";
import { affineVectors, expectRank } from "./norm_options.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";
import { sum } from "./sum.ts";

/** Keeps a direction of zeros from dividing 0 by 0; below what f32 tells apart in any other. */
const tiny = 1e-30;

/**
 * Weights by length and direction: magnitude · direction / ‖direction‖ for each unit, the Euclidean norm over all axes but
 * the last. Salimans and Kingma, "Weight normalization", NeurIPS 2016. A direction of zeros gives zeros.
 * @param direction v, [..., units]: weights [inputs, units], filters HWIO
 * @param magnitude g, [units]
 * @throws ShapeError where the direction has one axis, or the magnitude does not fit
 */
export function weightNorm(direction: Tensor, magnitude: Tensor): Tensor {
  expectRank("weightNorm", direction, 2, "f32[…, units]");
  affineVectors("weightNorm", direction, { scale: magnitude }, [sizeAt(direction.shape, -1)]);
  const axes = direction.shape.slice(0, -1).map((_, axis) => axis);
  const norm = sqrt(add(sum(square(direction), { axes }), scalar(tiny)));
  return mul(direction, div(magnitude, norm));
}
