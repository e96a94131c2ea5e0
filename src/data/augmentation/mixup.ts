import { UsageError } from "../../device/errors.ts";
import { constantTensor, scalar } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { add } from "../../ops/add.ts";
import { cast } from "../../ops/convert.ts";
import { gather } from "../../ops/gather.ts";
import { minimum } from "../../ops/minimum.ts";
import { mul } from "../../ops/mul.ts";
import { oneHot } from "../../ops/oneHot.ts";
import { randomPermutation } from "../../ops/randomPermutation.ts";
import { randomUniform } from "../../ops/randomUniform.ts";
import { sub } from "../../ops/sub.ts";
import type { ImageStep } from "./augmentation.ts";
import { expectOption } from "./augmentation.ts";
import { betaQuantiles } from "./beta.ts";

/** As many values λ is drawn from. */
const LEVELS = 4096;

export interface MixupOptions {
  /** λ is drawn of Beta(α, α), once a batch. */
  readonly alpha: number;
  /** How many classes labels are of; not needed where the targets are distributions or values. */
  readonly classes?: number;
}

/**
 * Mixes each example with another of its batch: λ · x + (1 − λ) · x′, and so the targets, where labels become distributions
 * over the classes. Zhang, Cissé, Dauphin and Lopez-Paz, "mixup: beyond empirical risk minimization", ICLR 2018. λ is one
 * of 4,096 quantiles of Beta(α, α), drawn evenly; the other examples are the batch in random order.
 * @throws UsageError where α is not positive; once applied, where there are labels and it was not said of how many classes
 */
export function mixup({ alpha, classes }: MixupOptions): ImageStep {
  expectOption("mixup", "alpha", alpha, alpha > 0 && Number.isFinite(alpha), "a positive number");
  const quantiles = constantTensor(betaQuantiles(alpha, LEVELS), { shape: [LEVELS], dtype: "f32" });
  return {
    kind: "image",
    name: "mixup",
    settings: { alpha, ...(classes !== undefined && { classes }) },
    apply: (batch, streams) => {
      const { x, y } = batch;
      const drawn = randomUniform([1], { stream: streams.next(), low: 0, high: LEVELS });
      const level = cast(minimum(drawn, scalar(LEVELS - 1)), "u32");
      const lambda = gather(quantiles, level);
      const others = randomPermutation(x.shape[0] ?? 1, { stream: streams.next() });
      const mixed = (values: Tensor): Tensor =>
        add(mul(values, lambda), mul(gather(values, others), sub(scalar(1), lambda)));
      return { ...batch, x: mixed(x), y: mixed(distributionsOf(y, classes)) };
    },
  };
}

function distributionsOf(y: Tensor, classes: number | undefined): Tensor {
  if (y.dtype !== "u32") return y;
  if (classes !== undefined) return oneHot(y, classes);
  const hint = "give the number of classes: augment.mixup({ alpha: 0.2, classes: 10 })";
  throw new UsageError({ where: "augment.mixup", problem: "labels become distributions over classes", hint });
}
