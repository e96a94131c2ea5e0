import { ShapeError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { formatType, sameShape } from "../kernels/types.ts";
import { mean } from "../ops/mean.ts";
import { softmaxCrossEntropy } from "../ops/softmaxCrossEntropy.ts";
import { square } from "../ops/square.ts";
import { sub } from "../ops/sub.ts";

/** A measure of how wrong predictions are. Called, it gives the mean over the batch: a scalar to differentiate. */
export interface Loss {
  (prediction: Tensor, target: Tensor): Tensor;
  /** Shown in records of runs. */
  readonly title: string;
  /** What it compares with: numbers of classes, u32 [batch], or values of the prediction's shape. */
  readonly target: "labels" | "values";
  /** The loss of each example, [batch]; 0 where the label is ignored. */
  perExample(prediction: Tensor, target: Tensor): Tensor;
}

function defineLoss(title: string, target: Loss["target"], perExample: Loss["perExample"]): Loss {
  const whole = (prediction: Tensor, wanted: Tensor): Tensor => mean(perExample(prediction, wanted));
  return Object.assign(whole, { title, target, perExample });
}

/**
 * −log softmax(logits)[label], averaged over the batch; the softmax belongs to it, so the model ends with logits.
 * Takes logits [batch, classes] and labels u32 [batch].
 */
export const crossEntropy = (): Loss => defineLoss("crossEntropy", "labels", softmaxCrossEntropy);

/** The mean of (prediction − target)² over all elements; both of one shape [batch, …]. */
export const meanSquaredError = (): Loss =>
  defineLoss("meanSquaredError", "values", (prediction, target) => {
    if (!sameShape(prediction.shape, target.shape)) {
      throw new ShapeError({
        where: "meanSquaredError",
        problem: "prediction and target differ in shape",
        got: `${formatType(prediction.type)} and ${formatType(target.type)}`,
        expected: "one shape",
      });
    }
    const axes = prediction.shape.map((_, axis) => axis).slice(1);
    return mean(square(sub(prediction, target)), { axes });
  });
