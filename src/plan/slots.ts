/** A piece of memory wanted from one step of a schedule to another, both included. */
export interface Lifetime {
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

export interface SlotAssignment {
  /** For each lifetime, the number of its slot. */
  readonly slots: readonly number[];
  /** Bytes of each slot: those of the largest lifetime in it. */
  readonly sizes: readonly number[];
}

/**
 * Gives lifetimes slots so that no two in one slot overlap: in order of birth, each takes the smallest free slot that
 * holds it, else the largest free one, which grows, else a new one. WebGPU forbids reading and writing one buffer in
 * a dispatch, so a slot is a whole buffer and never a range of an arena.
 */
export function assignSlots(lifetimes: readonly Lifetime[]): SlotAssignment {
  const order = lifetimes
    .map((_, index) => index)
    .sort((a, b) => at(lifetimes, a).first - at(lifetimes, b).first || a - b);
  const slots = new Array<number>(lifetimes.length).fill(-1);
  const sizes: number[] = [];
  const busyUntil: number[] = [];
  for (const index of order) {
    const { bytes, first, last } = at(lifetimes, index);
    const slot = bestFit(sizes, busyUntil, bytes, first);
    slots[index] = slot;
    sizes[slot] = Math.max(sizes[slot] ?? 0, bytes);
    busyUntil[slot] = last;
  }
  return { slots, sizes };
}

function bestFit(
  sizes: readonly number[],
  busyUntil: readonly number[],
  bytes: number,
  first: number,
): number {
  let best = -1;
  for (let slot = 0; slot < sizes.length; slot++) {
    if ((busyUntil[slot] ?? 0) >= first) continue;
    if (best < 0 || fitsBetter(sizes[slot] ?? 0, sizes[best] ?? 0, bytes)) best = slot;
  }
  return best < 0 ? sizes.length : best;
}

/** Of two free slots: the smaller that holds the bytes; if neither does, the larger. */
function fitsBetter(size: number, best: number, bytes: number): boolean {
  if (best >= bytes) return size >= bytes && size < best;
  return size > best;
}

function at(lifetimes: readonly Lifetime[], index: number): Lifetime {
  const lifetime = lifetimes[index];
  if (!lifetime) throw new Error(`internal: no lifetime ${index}`);
  return lifetime;
}
