/** Random changes of training batches, on the device: `augment.pipeline([augment.horizontalFlip()])`. */
export type { Augmentation, AugmentationStep } from "./augmentation.ts";
export type { GeometricOptions } from "./geometry.ts";
export { horizontalFlip, randomCrop, rotation, scaling, translation, verticalFlip } from "./geometry.ts";
export type { MixupOptions } from "./mixup.ts";
export { mixup } from "./mixup.ts";
export { pipeline } from "./pipeline.ts";
export type { ColourJitterOptions } from "./pixels.ts";
export { colourJitter, cutout, gaussianNoise } from "./pixels.ts";
