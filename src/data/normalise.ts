import type { Normalisation } from "./dataset.ts";

/** Pixels as a network's input, (pixel / 255 − mean) / standardDeviation: what training makes of a dataset's bytes. */
export function normalise(pixels: Uint8Array, { mean, standardDeviation }: Normalisation): Float32Array {
  return Float32Array.from(pixels, (pixel) => (pixel / 255 - mean) / standardDeviation);
}
