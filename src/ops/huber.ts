import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { absoluteError } from "./absoluteError.ts";
import { huberError } from "./huberError.ts";
import type { LossOptions } from "./loss_reduction.ts";
import { expectAlike, expectRange, reduceLoss } from "./loss_reduction.ts";
import { mul } from "./mul.ts";

export interface HuberOptions extends LossOptions {
  /** Errors up to it count by their square, beyond it in proportion; 1 by default, above 0. */
  readonly delta?: number | undefined;
}

export interface SmoothL1Options extends LossOptions {
  /** Errors up to it count by their square, beyond it in proportion; 1 by default, 0 for the absolute error. */
  readonly beta?: number | undefined;
}

/**
 * Huber's loss of d = prediction − target: ½ · d² where |d| ≤ delta, else delta · (|d| − ½ · delta), averaged over all
 * elements. Huber, "Robust estimation of a location parameter", 1964.
 * @param target f32, of the prediction's shape
 * @param options `delta`, 1 by default; `reduction`, "mean" by default
 * @throws ShapeError where the shapes differ; UsageError where delta is not above 0
 */
export function huber(prediction: Tensor, target: Tensor, options: HuberOptions = {}): Tensor {
  const { delta = 1, reduction } = options;
  expectAlike("huber", prediction, target);
  expectRange("huber", "delta", delta, "a finite number above 0", delta > 0);
  return reduceLoss(huberError(prediction, target, { delta }), reduction);
}

/**
 * Huber's loss divided by its threshold: ½ · d² / beta where |d| ≤ beta, else |d| − ½ · beta, averaged over all elements.
 * Girshick, "Fast R-CNN", 2015, equation 3.
 * @param target f32, of the prediction's shape
 * @param options `beta`, 1 by default; `reduction`, "mean" by default
 * @throws ShapeError where the shapes differ; UsageError where beta is negative
 */
export function smoothL1(prediction: Tensor, target: Tensor, options: SmoothL1Options = {}): Tensor {
  const { beta = 1, reduction } = options;
  expectAlike("smoothL1", prediction, target);
  expectRange("smoothL1", "beta", beta, "a finite number from 0", beta >= 0);
  if (beta === 0) return reduceLoss(absoluteError(prediction, target), reduction);
  return reduceLoss(mul(huberError(prediction, target, { delta: beta }), scalar(1 / beta)), reduction);
}
