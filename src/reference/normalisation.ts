import type { Shape, TypedArray } from "../kernels/types.ts";
import type { HostTensor } from "./reference.ts";
import { at, count } from "./reference.ts";

/** x[batch, space, channels], element by element. */
export interface Columns {
  readonly batch: number;
  readonly space: number;
  readonly channels: number;
  /** Where an element lies. */
  place(item: number, row: number, channel: number): number;
}

export function columnsOf(shape: Shape): Columns {
  const channels = shape.at(-1) ?? 1;
  const space = shape.at(-2) ?? 1;
  const batch = count(shape.slice(0, -2));
  return {
    batch,
    space,
    channels,
    place: (item, row, channel) => (item * space + row) * channels + channel,
  };
}

/** The mean of a channel of an item: an origin and the distance from it. */
export function meanAt({ data, shape }: HostTensor, item: number, channel: number): number {
  const channels = shape.at(-1) ?? 1;
  return at(data, 2 * item * channels + channel) + at(data, (2 * item + 1) * channels + channel);
}

/** The mean of a row, likewise. */
export const rowMeanAt = ({ data }: HostTensor, row: number): number =>
  at(data, 2 * row) + at(data, 2 * row + 1);

export const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** An optional vector: what stands for it where it is not there. */
export const elementOr = (data: TypedArray | undefined, index: number, otherwise: number): number =>
  data ? at(data, index) : otherwise;
