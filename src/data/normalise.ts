import type { Normalisation } from "./dataset_types.ts";
import { ofChannel } from "./image_store.ts";

/**
 * Pixels as a network's input, (pixel / 255 − mean) / standardDeviation: what training makes of a dataset's bytes.
 * @param channels of the images: 1 by default; a normalisation of each channel is found by it
 */
export function normalise(
  pixels: Uint8Array,
  { mean, standardDeviation }: Normalisation,
  channels = 1,
): Float32Array {
  const means = Array.from({ length: channels }, (_, channel) => ofChannel(mean, channel));
  const deviations = Array.from({ length: channels }, (_, channel) => ofChannel(standardDeviation, channel));
  return Float32Array.from(
    pixels,
    (pixel, at) => (pixel / 255 - (means[at % channels] ?? 0)) / (deviations[at % channels] ?? 1),
  );
}
