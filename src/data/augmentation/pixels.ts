import { scalar } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { add } from "../../ops/add.ts";
import { arange } from "../../ops/constants.ts";
import { floor } from "../../ops/floor.ts";
import { greaterEqual } from "../../ops/greaterEqual.ts";
import { less } from "../../ops/less.ts";
import { mean } from "../../ops/mean.ts";
import { mul } from "../../ops/mul.ts";
import { randomNormal } from "../../ops/randomNormal.ts";
import { randomUniform } from "../../ops/randomUniform.ts";
import { reshape } from "../../ops/reshape.ts";
import { slice } from "../../ops/slice.ts";
import { sub } from "../../ops/sub.ts";
import { where } from "../../ops/where.ts";
import type { ImageStep, Streams } from "./augmentation.ts";
import { expectOption, imageSizes } from "./augmentation.ts";

function ofPixels(
  name: string,
  settings: Readonly<Record<string, number>>,
  change: (x: Tensor, streams: Streams) => Tensor,
): ImageStep {
  return {
    kind: "image",
    name,
    settings,
    apply: (batch, streams) => ({ ...batch, x: change(batch.x, streams) }),
  };
}

export interface ColourJitterOptions {
  /** Adds a number drawn evenly from −brightness to brightness; 0 by default. */
  readonly brightness?: number;
  /** Multiplies the distance from the image's mean by a factor drawn evenly around 1; 0 by default. */
  readonly contrast?: number;
  /** Multiplies the distance from grey by a factor drawn evenly around 1; 0 by default. Images of one channel have none. */
  readonly saturation?: number;
}

/** What of red, green and blue makes a grey: Rec. ITU-R BT.601. */
const LUMA = [0.299, 0.587, 0.114] as const;

/**
 * Changes the colours of each image: brightness, then contrast, then saturation. It works on normalised pixels, so that
 * brightness is added, in units of the input, where torchvision scales pixels from 0; a factor lies between
 * max(0, 1 − option) and 1 + option, as there.
 */
export function colourJitter(options: ColourJitterOptions): ImageStep {
  const { brightness = 0, contrast = 0, saturation = 0 } = options;
  const settings = { brightness, contrast, saturation };
  for (const [option, value] of Object.entries(settings)) {
    expectOption(
      "colourJitter",
      option,
      value,
      value >= 0 && Number.isFinite(value),
      "a number of at least 0",
    );
  }
  return ofPixels("colourJitter", settings, (x, streams) => {
    const [batch, , , channels] = imageSizes("colourJitter", x);
    const draw = (low: number, high: number): Tensor =>
      randomUniform([batch, 1, 1, 1], { stream: streams.next(), low, high });
    const factor = (most: number): Tensor => draw(Math.max(0, 1 - most), 1 + most);
    const away = (from: Tensor, centre: Tensor, most: number): Tensor =>
      add(centre, mul(sub(from, centre), factor(most)));
    const brighter = brightness > 0 ? add(x, draw(-brightness, brightness)) : x;
    const sharper =
      contrast > 0 ? away(brighter, mean(brighter, { axes: [1, 2, 3], keepDims: true }), contrast) : brighter;
    return saturation > 0 && channels === 3 ? away(sharper, greyOf(sharper), saturation) : sharper;
  });
}

function greyOf(x: Tensor): Tensor {
  return LUMA.map((share, channel) =>
    mul(slice(x, [null, null, null, { start: channel, stop: channel + 1 }]), scalar(share)),
  ).reduce((grey, part) => add(grey, part));
}

/** Adds to each pixel a normal number of mean 0, in units of the normalised input. */
export function gaussianNoise({ standardDeviation }: { readonly standardDeviation: number }): ImageStep {
  const fits = standardDeviation >= 0 && Number.isFinite(standardDeviation);
  expectOption("gaussianNoise", "standardDeviation", standardDeviation, fits, "a number of at least 0");
  return ofPixels("gaussianNoise", { standardDeviation }, (x, streams) =>
    add(x, randomNormal(x.shape, { stream: streams.next(), standardDeviation })),
  );
}

/**
 * Sets a square of each image to a value: DeVries and Taylor, "Improved regularization of convolutional neural networks with
 * cutout", 2017. Its centre is any pixel, so that part of it may lie beyond the image, as there.
 * @param options `size`, the square's side in pixels; `value`, 0 by default, the mean of normalised pixels
 */
export function cutout({ size, value = 0 }: { readonly size: number; readonly value?: number }): ImageStep {
  expectOption("cutout", "size", size, Number.isSafeInteger(size) && size >= 1, "a positive integer");
  expectOption("cutout", "value", value, Number.isFinite(value), "a finite number");
  return ofPixels("cutout", { size, value }, (x, streams) => {
    const [batch, height, width] = imageSizes("cutout", x);
    const within = (length: number, shape: readonly number[]): Tensor => {
      const centre = floor(randomUniform([batch, 1, 1, 1], { stream: streams.next(), low: 0, high: length }));
      const start = sub(centre, scalar(Math.floor(size / 2)));
      const places = reshape(arange(length), shape);
      return mul(greaterEqual(places, start), less(places, add(start, scalar(size))));
    };
    const hole = mul(within(height, [1, height, 1, 1]), within(width, [1, 1, width, 1]));
    return where(hole, scalar(value), x);
  });
}
