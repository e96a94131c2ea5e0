import { UsageError } from "../../device/errors.ts";
import { scalar } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { cos } from "../../ops/cos.ts";
import { div } from "../../ops/div.ts";
import { floor } from "../../ops/floor.ts";
import { minimum } from "../../ops/minimum.ts";
import { mul } from "../../ops/mul.ts";
import { neg } from "../../ops/neg.ts";
import { randomBernoulli } from "../../ops/randomBernoulli.ts";
import { randomUniform } from "../../ops/randomUniform.ts";
import { sin } from "../../ops/sin.ts";
import { sub } from "../../ops/sub.ts";
import type { Interpolation, Surroundings } from "../../ops/warpAffine.ts";
import type { Affine } from "./affine.ts";
import type { GeometricStep, ImageSize, Streams } from "./augmentation.ts";
import { expectOption } from "./augmentation.ts";

/** What all that moves pixels takes. Steps in a row that agree on them are one resampling. */
export interface GeometricOptions {
  /** `bilinear` by default. */
  readonly interpolation?: Interpolation;
  /**
   * What lies beyond the image. `border`, the default, repeats its edge: an image's background once it is normalised, which 0
   * is not. `zero` is the mean of normalised pixels.
   */
  readonly fill?: Surroundings;
}

type Place = GeometricStep["place"];

function geometric(
  name: string,
  settings: Readonly<Record<string, number>>,
  { interpolation = "bilinear", fill = "border" }: GeometricOptions,
  place: Place,
): GeometricStep {
  return {
    kind: "geometric",
    name,
    settings: { ...settings, interpolation, fill },
    interpolation,
    fill,
    place,
  };
}

/** Turns each image about its centre by an angle drawn evenly from −degrees to degrees. */
export function rotation({
  degrees,
  ...options
}: GeometricOptions & { readonly degrees: number }): GeometricStep {
  expectOption("rotation", "degrees", degrees, degrees >= 0 && degrees <= 180, "a number from 0 to 180");
  const high = (degrees * Math.PI) / 180;
  return geometric("rotation", { degrees }, options, (batch, size, streams) => {
    const angle = randomUniform([batch, 1], { stream: streams.next(), low: -high, high });
    const sine = sin(angle);
    const map: Affine = [cos(angle), neg(sine), 0, sine, cos(angle), 0];
    return { map, size };
  });
}

/**
 * Moves each image by distances drawn evenly from −rows to rows and −columns to columns, in pixels; `pixels` is both.
 */
export function translation({
  pixels = 0,
  rows = pixels,
  columns = pixels,
  ...options
}: GeometricOptions & {
  readonly pixels?: number;
  readonly rows?: number;
  readonly columns?: number;
}): GeometricStep {
  for (const [option, value] of Object.entries({ rows, columns })) {
    expectOption(
      "translation",
      option,
      value,
      value >= 0 && Number.isFinite(value),
      "a number of at least 0",
    );
  }
  return geometric("translation", { rows, columns }, options, (batch, size, streams) => {
    const distance = (most: number): Tensor =>
      randomUniform([batch, 1], { stream: streams.next(), low: -most, high: most });
    return { map: [1, 0, distance(rows), 0, 1, distance(columns)], size };
  });
}

/** Enlarges each image about its centre by a factor drawn evenly from low to high. */
export function scaling({
  low,
  high,
  ...options
}: GeometricOptions & { readonly low: number; readonly high: number }): GeometricStep {
  expectOption("scaling", "low", low, low > 0 && low <= high, "a positive number, at most high");
  expectOption("scaling", "high", high, Number.isFinite(high), "a finite number");
  return geometric("scaling", { low, high }, options, (batch, size, streams) => {
    // Drawn evenly as a factor of the image; the map goes the other way.
    const factor = randomUniform([batch, 1], { stream: streams.next(), low, high });
    const inverse = div(scalar(1), factor);
    return { map: [inverse, 0, 0, 0, inverse, 0], size };
  });
}

interface FlipOptions extends GeometricOptions {
  /** Of an image to be flipped: ½ by default. */
  readonly probability?: number;
}

/** Takes left for right in each image with a probability, ½ by default. */
export const horizontalFlip = (options: FlipOptions = {}): GeometricStep =>
  flip("horizontalFlip", options, (side) => [1, 0, 0, 0, side, 0]);

/** Takes top for bottom in each image with a probability, ½ by default. */
export const verticalFlip = (options: FlipOptions = {}): GeometricStep =>
  flip("verticalFlip", options, (side) => [side, 0, 0, 0, 1, 0]);

function flip(
  name: string,
  { probability = 0.5, ...options }: FlipOptions,
  mapOf: (side: Tensor) => Affine,
): GeometricStep {
  const fits = probability >= 0 && probability <= 1;
  expectOption(name, "probability", probability, fits, "a number from 0 to 1");
  return geometric(name, { probability }, options, (batch, size, streams) => {
    const flipped = randomBernoulli([batch, 1], { stream: streams.next(), probability });
    return { map: mapOf(sub(scalar(1), mul(flipped, scalar(2)))), size };
  });
}

/**
 * Cuts a part out of each image, at a place drawn evenly among the whole pixels, after it was surrounded by `padding` pixels of
 * `fill`. As large as the image by default.
 * @throws UsageError, once applied, where the padded image is smaller than the part
 */
export function randomCrop({
  padding = 0,
  height,
  width,
  ...options
}: GeometricOptions & {
  readonly padding?: number;
  readonly height?: number;
  readonly width?: number;
}): GeometricStep {
  for (const [option, value] of Object.entries({ padding, height: height ?? 1, width: width ?? 1 })) {
    const least = option === "padding" ? 0 : 1;
    const fits = Number.isSafeInteger(value) && value >= least;
    expectOption("randomCrop", option, value, fits, `an integer of at least ${least}`);
  }
  const settings = { padding, ...(height && { height }), ...(width && { width }) };
  return geometric("randomCrop", settings, options, (batch, size, streams) => {
    const wanted: ImageSize = [height ?? size[0], width ?? size[1]];
    const [rows, columns] = [0, 1].map((axis) =>
      cropOffset(batch, (size[axis] ?? 0) + 2 * padding - (wanted[axis] ?? 0), streams),
    );
    if (!rows || !columns) throw new Error("internal: a crop has two axes");
    return { map: [1, 0, rows, 0, 1, columns], size: wanted };
  });
}

/** From the padded image's centre to the part's, which leaves `slack` pixels over: k − slack / 2, k from 0 to slack. */
function cropOffset(batch: number, slack: number, streams: Streams): Tensor {
  if (slack < 0) {
    throw new UsageError({
      where: "augment.randomCrop",
      problem: "the part is larger than the padded image",
      got: `${-slack} pixels more`,
    });
  }
  // Rounding can draw the upper end itself.
  const drawn = randomUniform([batch, 1], { stream: streams.next(), low: 0, high: slack + 1 });
  return sub(minimum(floor(drawn), scalar(slack)), scalar(slack / 2));
}
