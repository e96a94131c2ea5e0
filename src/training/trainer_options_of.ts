import * as augment from "../data/augmentation/index.ts";
import { crossEntropy } from "../nn/losses.ts";
import { clipByGlobalNorm, clipByValue } from "../optim/clipping.ts";
import { gradientNoise } from "../optim/gradient_noise.ts";
import type { GradientTransform } from "../optim/gradient_transform.ts";
import { maxNorm } from "../optim/max_norm.ts";
import { optimizerNamed } from "../optim/names.ts";
import { regularize } from "../optim/penalties.ts";
import { scheduleNamed } from "../optim/schedules/index.ts";
import { weightAverage } from "../optim/weight_average.ts";
import type { AugmentationName, TrainingSettings } from "./settings.ts";
import type { TrainerOptions } from "./trainer_options.ts";

/**
 * What settings ask of a trainer, all but the model: `engine.trainer({ model, ...trainerOptionsOf(settings, 10) })`.
 * @param classes that labels tell apart
 * @throws UsageError where a value is out of range
 */
export function trainerOptionsOf(settings: TrainingSettings, classes: number): Omit<TrainerOptions, "model"> {
  const { accumulate, averageWeights, maxNorm: bound, augment: names } = settings;
  return {
    optimizer: optimizerNamed(settings.optimizer, { learningRate: settings.learningRate }),
    loss: crossEntropy({ labelSmoothing: settings.labelSmoothing }),
    schedule: scheduleNamed(settings.schedule, settings.warmUp > 0 ? { warmUp: settings.warmUp } : {}),
    gradientTransforms: transformsOf(settings),
    accumulate,
    ...(bound !== null && { constraint: maxNorm(bound) }),
    ...(averageWeights !== null && { average: weightAverage({ decay: averageWeights }) }),
    ...(names.length > 0 && {
      augmentation: augment.pipeline(names.map((name) => augmentations[name](classes))),
    }),
  };
}

/** Penalties are of the loss, so that they are clipped with its gradient; noise comes last. */
function transformsOf(settings: TrainingSettings): GradientTransform[] {
  const { l1, l2, clipValue, clipNorm, gradientNoise: eta } = settings;
  return [
    ...(l1 > 0 || l2 > 0 ? [regularize({ weights: { l1, l2 } })] : []),
    ...(clipValue === null ? [] : [clipByValue(clipValue)]),
    ...(clipNorm === null ? [] : [clipByGlobalNorm(clipNorm)]),
    ...(eta === null ? [] : [gradientNoise({ eta })]),
  ];
}

/** For small images such as MNIST's: as strong as keeps them what they are. */
const augmentations: { readonly [Name in AugmentationName]: (classes: number) => augment.AugmentationStep } =
  {
    rotation: () => augment.rotation({ degrees: 10 }),
    translation: () => augment.translation({ pixels: 2 }),
    scaling: () => augment.scaling({ low: 0.9, high: 1.1 }),
    flip: () => augment.horizontalFlip(),
    crop: () => augment.randomCrop({ padding: 2 }),
    jitter: () => augment.colourJitter({ brightness: 0.2, contrast: 0.2 }),
    noise: () => augment.gaussianNoise({ standardDeviation: 0.1 }),
    cutout: () => augment.cutout({ size: 8 }),
    mixup: (classes) => augment.mixup({ alpha: 0.2, classes }),
  };
