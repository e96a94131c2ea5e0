import type { Shape, TypedArray } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";

/** For an axis, by its letter, the indices that are looked at; an axis without an entry is looked at whole. */
export type Picks = ReadonlyMap<string, readonly number[]>;

/** xorshift32, uniform in [0, 1): inputs of millions of elements, where quality matters less than time. */
export class FastRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed | 0) === 0 ? 1 : seed | 0;
  }

  next(): number {
    let word = this.#state;
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    this.#state = word;
    return (word >>> 8) * 2 ** -24;
  }
}

/** Distinct indices below `size` in rising order; the first and the last are among them: edges are where tiles err. */
export function pickIndices(size: number, count: number, random: FastRandom): number[] {
  if (count >= size) return Array.from({ length: size }, (_, index) => index);
  const picked = new Set([0, size - 1]);
  while (picked.size < count) picked.add(Math.floor(random.next() * size));
  return [...picked].sort((a, b) => a - b).slice(0, Math.max(1, count));
}

/**
 * Picks along the sampled axes of tensors.
 * @param shapes of tensors
 * @param axes for each tensor, a letter an axis
 * @param counts how many indices of an axis to look at
 */
export function drawPicks(
  shapes: readonly Shape[],
  axes: readonly string[],
  counts: Readonly<Record<string, number>>,
  random: FastRandom,
): Picks {
  const picks = new Map<string, readonly number[]>();
  shapes.forEach((shape, tensor) => {
    shape.forEach((size, axis) => {
      const letter = axes[tensor]?.[axis] ?? "";
      const count = counts[letter];
      if (count !== undefined && !picks.has(letter)) picks.set(letter, pickIndices(size, count, random));
    });
  });
  return picks;
}

/** The shape that is left of a tensor. */
export function pickedShape(shape: Shape, axes: string, picks: Picks): Shape {
  return shape.map((size, axis) => picks.get(axes[axis] ?? "")?.length ?? size);
}

/** For each element of what is left, row-major, its place in the whole tensor. */
export function pickedPlaces(shape: Shape, axes: string, picks: Picks): Uint32Array {
  let places = new Uint32Array(1);
  shape.forEach((size, axis) => {
    const chosen = picks.get(axes[axis] ?? "");
    const length = chosen?.length ?? size;
    const next = new Uint32Array(places.length * length);
    places.forEach((place, outer) => {
      for (let inner = 0; inner < length; inner++)
        next[outer * length + inner] = place * size + (chosen?.[inner] ?? inner);
    });
    places = next;
  });
  return places;
}

/** What is left of a tensor's elements. @throws Error where values and shape do not fit */
export function pickValues(values: TypedArray, shape: Shape, axes: string, picks: Picks): TypedArray {
  if (values.length !== elementCount(shape)) throw new Error("internal: values that do not fill their shape");
  const places = pickedPlaces(shape, axes, picks);
  const picked = values.slice(0, places.length);
  places.forEach((place, index) => {
    picked[index] = values[place] ?? Number.NaN;
  });
  return picked;
}
