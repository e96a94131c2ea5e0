import type { HostTensor } from "./reference.ts";
import { at, input } from "./reference.ts";

/** One parameter as an optimizer sees it. */
export interface Coordinate {
  readonly gradient: number;
  readonly parameter: number;
  /** Its elements of the moments, in the op's order. */
  readonly moments: readonly number[];
  /** Multipliers from its segment. */
  readonly learningRateScale: number;
  readonly weightDecayScale: number;
}

/** Applies a rule to each coordinate apart: it returns the new parameter, then the new moments. */
export function updateEach(
  inputs: readonly HostTensor[],
  rule: (coordinate: Coordinate) => readonly number[],
): Float64Array[] {
  const gradients = input(inputs, 0).data;
  const segments = input(inputs, 1).data;
  const [parameters, ...moments] = inputs.slice(2).map((tensor) => Float64Array.from(tensor.data));
  if (!parameters) throw new Error("internal: an optimizer without parameters");
  const state = [parameters, ...moments];
  for (let index = 0; index < gradients.length; index++) {
    const segment = 2 * Math.floor(index / 64);
    const updated = rule({
      gradient: at(gradients, index),
      parameter: at(parameters, index),
      moments: moments.map((moment) => at(moment, index)),
      learningRateScale: at(segments, segment),
      weightDecayScale: at(segments, segment + 1),
    });
    state.forEach((values, which) => {
      values[index] = updated[which] ?? Number.NaN;
    });
  }
  return state;
}
