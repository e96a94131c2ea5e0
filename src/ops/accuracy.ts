import type { Tensor } from "../graph/tensor.ts";
import { correct } from "./correct.ts";
import { mean } from "./mean.ts";

/**
 * The share of rows whose largest logit is at their label; a row whose label is no class counts as wrong. Not
 * differentiable.
 * @param logits f32 [batch, classes]
 * @param labels u32 [batch]
 */
export function accuracy(logits: Tensor, labels: Tensor): Tensor {
  return mean(correct(logits, labels));
}
