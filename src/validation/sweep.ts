/**
 * The sweep: an op of one number, held against its f64 reference over all magnitudes of f32, at the places where
 * activations overflow or saturate, and at NaN and the infinities.
 */
import type { Case, CaseList, Sweep } from "./case.ts";
import { unaryCase } from "./kit/shapes.ts";

/** A list's cases for the forward comparison: its own, and the sweep where it states one. */
export function forwardCases(list: CaseList): readonly Case[] {
  return list.sweep ? [...list.cases, sweepCase(list.sweep)] : list.cases;
}

/** All points as one vector. Finite differences mean nothing at most of them, so it has no gradient check. */
export function sweepCase({ apply, domain, tolerance }: Sweep): Case {
  const values = domain ? sweepPoints.filter((x) => !Number.isFinite(x) || within(x, domain)) : sweepPoints;
  return {
    ...unaryCase("sweep", [values.length], apply, { kind: "values", values }),
    gradient: "skip: not differentiable",
    ...(tolerance && { tolerance }),
  };
}

const within = (x: number, [low, high]: readonly [number, number]) => low <= x && x <= high;

const largest = (2 - 2 ** -23) * 2 ** 127;
const smallestNormal = 2 ** -126;
const smallest = 2 ** -149;

/** Where something ends: tanh, the exponential's range, normal numbers, whole numbers, f32 itself; multiples of π. */
const places: readonly number[] = [
  smallest,
  2 * smallest,
  1e-40,
  smallestNormal - smallest,
  smallestNormal,
  2 ** -125,
  0.34657359,
  0.5,
  Math.PI / 4,
  1,
  1.5,
  Math.PI / 2,
  2.5,
  3,
  Math.PI,
  3.5,
  6,
  2 * Math.PI,
  7.9053111,
  9.02,
  15.5,
  16,
  50 * Math.PI,
  87.3,
  88,
  88.7,
  88.71875,
  88.72,
  88.75,
  103.97,
  104,
  1e4,
  10_000 * Math.PI,
  8_388_607.5,
  8_388_609,
  2 ** 24,
  2 ** 31,
  1e10,
  1e19,
  1.9e19,
  1e30,
  largest,
];

/** Each place with its neighbours in f32. */
const around = places.flatMap((place) => {
  const x = Math.fround(place);
  return [x, neighbour(x, -1), neighbour(x, 1)].filter(Number.isFinite);
});

/** Two numbers in each octave of f32, subnormal ones included; mantissas as far apart as the golden ratio puts them. */
const octaves = Array.from({ length: 2 * 277 }, (_, index) => {
  const fraction = (index * 0.618_033_988_749_895) % 1;
  return Math.fround((1 + fraction) * 2 ** (Math.floor(index / 2) - 149));
}).filter(Number.isFinite);

/** Every fiftieth from −8 to 8. */
const dense = Array.from({ length: 801 }, (_, index) => Math.fround((index - 400) / 50));

const magnitudes = [...around, ...octaves];

/** More than 2,000 numbers: all finite ones first, then NaN and the infinities. */
export const sweepPoints: readonly number[] = [
  ...dense,
  0,
  -0,
  ...magnitudes,
  ...magnitudes.map((x) => -x),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

/** The next f32 above or below a positive one. */
function neighbour(x: number, step: 1 | -1): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, x);
  view.setUint32(0, view.getUint32(0) + step);
  return view.getFloat32(0);
}
