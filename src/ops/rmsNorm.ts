import type { Tensor } from "../graph/tensor.ts";
import type { LayerNormOptions } from "./layerNorm.ts";
import { normaliseLast } from "./layerNorm.ts";

export type RmsNormOptions = Omit<LayerNormOptions, "bias">;

/**
 * Normalisation by the root mean square: x / √(mean(x²) + ε) · scale, the mean of each example over the last axes. Zhang and
 * Sennrich, "Root mean square layer normalization", NeurIPS 2019.
 * @param x [..., features]
 * @param options scale has the shape of the last axes
 * @throws ShapeError where x is a scalar, or the scale does not fit; UsageError where an option is out of range
 */
export function rmsNorm(x: Tensor, { lastAxes, scale, epsilon }: RmsNormOptions = {}): Tensor {
  return normaliseLast("rmsNorm", x, { lastAxes, scale, epsilon }, false);
}
