import type { TypedArray } from "../../kernels/types.ts";
import { entryWidth } from "../../ops/statisticsRow.ts";
import type { LayerKind, LayerStatistics } from "./layer_statistics.ts";

/** A layer's places among the entries of a row. */
export interface WatchedLayer {
  readonly layer: string;
  readonly kind: LayerKind;
  readonly entry: number;
  /** Of an activation's units. */
  readonly unitsEntry: number | null;
  /** Whether values of it can be saturated. */
  readonly bounded: boolean;
  /** Of a parameter; what is no parameter has as many as the step's batch makes. */
  readonly elements: number | null;
}

export const entriesOf = (layers: readonly WatchedLayer[]): number =>
  layers.reduce((count, { unitsEntry }) => count + (unitsEntry === null ? 1 : 2), 0);

/** A row of the ring as the host has it: norms are computed of means, in f64. */
export function statisticsOf(
  layers: readonly WatchedLayer[],
  ring: TypedArray,
  row: number,
): LayerStatistics[] {
  const first = row * entriesOf(layers);
  const entryAt = (entry: number): readonly number[] =>
    Array.from(ring.subarray((first + entry) * entryWidth, (first + entry + 1) * entryWidth));
  return layers.map(({ layer, kind, entry, unitsEntry, bounded, elements }) => {
    const [mean = 0, meanMagnitude = 0, root = 0, max = 0, ...counts] = entryAt(entry);
    const [belowThousandth = 0, belowHundredThousandth = 0, nonFinite = 0, last = 0] = counts;
    const count = elements ?? last;
    const [deadShare = 0, saturation = 0] = unitsEntry === null ? [] : entryAt(unitsEntry);
    return {
      layer,
      kind,
      l1: meanMagnitude * count,
      l2: root * Math.sqrt(count),
      max,
      mean,
      meanMagnitude,
      belowThousandth,
      belowHundredThousandth,
      nonFinite,
      updateRatio: elements === null ? null : last,
      deadShare: unitsEntry === null ? null : deadShare,
      saturation: bounded ? saturation : null,
    };
  });
}

/** In the order of a sequential model's layers, where all names tell it; else as they are. */
export function inLayerOrder<Named>(named: readonly Named[], nameOf: (named: Named) => string): Named[] {
  const places = named.map((one) =>
    [...nameOf(one).matchAll(/(?:^|\.)layer(\d+)(?=\.)/g)].map(([, at]) => Number(at)),
  );
  if (places.some((place) => place.length === 0)) return [...named];
  const order = named.map((one, index) => ({ one, place: places[index] ?? [] }));
  return order.sort((a, b) => compare(a.place, b.place)).map(({ one }) => one);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? Number.POSITIVE_INFINITY);
}
