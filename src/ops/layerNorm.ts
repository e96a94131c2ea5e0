import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { elementCount } from "../kernels/types.ts";
import { add } from "./add.ts";
import { castLike } from "./cast.ts";
import type { NormOptions } from "./norm_options.ts";
import { affineVectors, epsilonOf, expectRank } from "./norm_options.ts";
import { normaliseRows } from "./normaliseRows.ts";
import { reshape } from "./reshape.ts";

export interface LayerNormOptions extends NormOptions {
  /** How many of the last axes share a mean and a variance; 1 by default. */
  readonly lastAxes?: number | undefined;
}

/**
 * Layer normalisation: (x − mean) / √(variance + ε) · scale + bias, with mean and (biased) variance of each example over the
 * last axes. Ba, Kiros and Hinton, "Layer normalization", 2016.
 * @param x [..., features]
 * @param options scale and bias have the shape of the last axes
 * @throws ShapeError where x is a scalar, or scale or bias does not fit; UsageError where an option is out of range
 */
export function layerNorm(x: Tensor, options: LayerNormOptions = {}): Tensor {
  return normaliseLast("layerNorm", x, options, true);
}

/** Normalises over the last axes; without centring, by the root mean square. */
export function normaliseLast(op: string, x: Tensor, options: LayerNormOptions, centred: boolean): Tensor {
  const { lastAxes = 1 } = options;
  expectRank(op, x, 1, "f32[…, features]");
  if (!Number.isInteger(lastAxes) || lastAxes < 1 || lastAxes > x.shape.length) {
    const expected = `an integer from 1 to ${x.shape.length}`;
    throw new UsageError({ where: op, problem: "wrong lastAxes", got: String(lastAxes), expected });
  }
  const last = x.shape.slice(-lastAxes);
  const { scale, bias } = affineVectors(op, x, options, last);
  const columns = elementCount(last);
  const rows = reshape(x, [elementCount(x.shape) / columns, columns]);
  const attributes = { epsilon: epsilonOf(op, options), centred };
  const [out] = normaliseRows(rows, attributes, scale, scale && bias);
  return reshape(bias && !scale ? castLike(add(out, bias), x) : out, x.shape);
}
