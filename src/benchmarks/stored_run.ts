import { DataError } from "../device/errors.ts";
import type { Spread } from "../device/timing.ts";
import type { RowName } from "./candidate.ts";
import type { PowerFit } from "./fit.ts";
import type { MetLimit } from "./scaling.ts";
import type { Fields } from "./stored_fields.ts";
import { fieldsOf, numberOf, spreadOf, textOf } from "./stored_fields.ts";

/** A peer's time beside ours, both of the same thing. */
export interface StoredPeer {
  readonly name: string;
  readonly milliseconds: number;
  /** By ours: above 1 is slower than wgrad. */
  readonly ratio: number;
  /** Of the library, where the run says it. */
  readonly version: string | null;
}

/** A peer that has no time, and why. */
export interface RefusedPeer {
  readonly name: string;
  readonly error: string;
}

/** A row that `--tune` compared. */
export interface StoredTuned {
  /** Untuned by tuned: above 1, tuning helped. */
  readonly ratio: number;
  readonly noise: number | null;
  /** Tuning left the program as it was. */
  readonly same: boolean;
  readonly untuned: Spread | null;
  readonly untunedVariant: string;
}

/** What reports show of a row. */
export interface StoredRow extends RowName {
  readonly milliseconds: Spread | null;
  readonly unchecked: Spread | null;
  /** Of a training step with its loss read. */
  readonly withRead: Spread | null;
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly shareOfRoofline: number | null;
  readonly dispatches: number | null;
  readonly peakBytes: number | null;
  readonly peers: readonly StoredPeer[];
  readonly refusedPeers: readonly RefusedPeer[];
  readonly tuned: StoredTuned | null;
  readonly error: string | null;
}

/** What reports show of a size. */
export interface StoredPoint {
  readonly size: number;
  readonly milliseconds: Spread | null;
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly shareOfRoofline: number | null;
  readonly limit: MetLimit | null;
  readonly predictedMilliseconds: number | null;
  readonly error: string | null;
}

/** What reports show of a series of `--scaling`. */
export interface StoredSeries {
  readonly name: string;
  readonly title: string;
  /** What a size counts. */
  readonly size: string;
  readonly order: number;
  readonly fit: PowerFit | null;
  readonly points: readonly StoredPoint[];
}

/** A document of `wgrad bench --scaling`, as far as reports show it. */
export interface StoredScaling extends StoredOrigin {
  readonly series: readonly StoredSeries[];
}

/** A document of `wgrad bench --json` or `--out`, as far as reports show it. */
export interface StoredRun extends StoredOrigin {
  readonly rows: readonly StoredRow[];
}

/** Where figures come from. */
export interface StoredOrigin {
  readonly adapter: string;
  readonly software: boolean;
  readonly roofline: { readonly gflops: number | null; readonly gigabytesPerSecond: number | null };
  /** ISO 8601, or null where the run does not say. */
  readonly date: string | null;
  readonly versions: readonly (readonly [name: string, version: string])[];
  readonly cpus: number | null;
  /** Names of the flags that are on. */
  readonly flags: readonly string[];
}

/**
 * Reads a stored run. What is missing in it is null here: runs of older versions are shown as far as they go.
 * @throws DataError where it has no rows
 */
export function storedRun(document: unknown, where = "stored run"): StoredRun {
  const { rows } = fieldsOf(document);
  if (!Array.isArray(rows)) {
    throw new DataError({ where, problem: "it has no rows", hint: "write one with wgrad bench --out" });
  }
  return { ...storedOrigin(document), rows: rows.map((row: unknown) => storedRow(fieldsOf(row))) };
}

/**
 * Reads a stored run of `--scaling`.
 * @throws DataError where it has no series
 */
export function storedScaling(document: unknown, where = "stored run"): StoredScaling {
  const { series } = fieldsOf(document);
  if (!Array.isArray(series)) {
    throw new DataError({
      where,
      problem: "it has no series",
      hint: "write one with wgrad bench --scaling --out",
    });
  }
  return { ...storedOrigin(document), series: series.map((one: unknown) => storedSeries(fieldsOf(one))) };
}

/** Adapter, versions, date and flags of a document of `wgrad bench`. */
export function storedOrigin(document: unknown): StoredOrigin {
  const { adapter, roofline, date, versions, cpus, flags } = fieldsOf(document);
  const { description, vendor, architecture, software } = fieldsOf(adapter);
  const { gflops, gigabytesPerSecond } = fieldsOf(roofline);
  const family = [vendor, architecture].filter((name) => typeof name === "string" && name !== "").join(" ");
  return {
    adapter: textOf(description) || family || "an adapter without a name",
    software: software === true,
    roofline: { gflops: numberOf(gflops), gigabytesPerSecond: numberOf(gigabytesPerSecond) },
    date: typeof date === "string" ? date : null,
    versions: Object.entries(fieldsOf(versions)).flatMap(([name, version]) =>
      typeof version === "string" ? [[name, version] as const] : [],
    ),
    cpus: numberOf(cpus),
    flags: Object.entries(fieldsOf(flags)).flatMap(([name, on]) => (on === true ? [name] : [])),
  };
}

function storedRow(row: Fields): StoredRow {
  const { name, case: sizes, variant, error, against } = row;
  return {
    name: textOf(name),
    case: textOf(sizes),
    variant: textOf(variant),
    milliseconds: spreadOf(row["milliseconds"]),
    unchecked: spreadOf(row["uncheckedMilliseconds"]),
    withRead: spreadOf(row["readMilliseconds"]),
    gflops: numberOf(row["gflops"]),
    gigabytesPerSecond: numberOf(row["gigabytesPerSecond"]),
    shareOfRoofline: numberOf(row["shareOfRoofline"]),
    dispatches: numberOf(row["dispatches"]),
    peakBytes: numberOf(row["peakBytes"]),
    peers: Object.entries(fieldsOf(against)).flatMap(([peer, result]) => storedPeer(peer, fieldsOf(result))),
    refusedPeers: Object.entries(fieldsOf(against)).flatMap(([peer, result]) => {
      const why = textOf(fieldsOf(result)["error"]);
      return why === "" ? [] : [{ name: peer, error: why }];
    }),
    tuned: storedTuned(fieldsOf(row["tuned"])),
    error: typeof error === "string" ? error : null,
  };
}

function storedSeries({ name, title, size, order, fit, points }: Fields): StoredSeries {
  const { exponent, factor, from, to, points: fitted } = fieldsOf(fit);
  const figures = [exponent, factor, from, to, fitted].map(numberOf);
  const known = figures.every((figure) => figure !== null) ? figures : null;
  return {
    name: textOf(name),
    title: textOf(title),
    size: textOf(size),
    order: numberOf(order) ?? 1,
    fit: known && {
      exponent: known[0] ?? 0,
      factor: known[1] ?? 0,
      from: known[2] ?? 0,
      to: known[3] ?? 0,
      points: known[4] ?? 0,
    },
    points: Array.isArray(points) ? points.map((point: unknown) => storedPoint(fieldsOf(point))) : [],
  };
}

function storedPoint(point: Fields): StoredPoint {
  const { name, needed, allowed } = fieldsOf(point["limit"]);
  return {
    size: numberOf(point["size"]) ?? 0,
    milliseconds: spreadOf(point["milliseconds"]),
    gflops: numberOf(point["gflops"]),
    gigabytesPerSecond: numberOf(point["gigabytesPerSecond"]),
    shareOfRoofline: numberOf(point["shareOfRoofline"]),
    limit: typeof name === "string" ? { name, needed: numberOf(needed), allowed: numberOf(allowed) } : null,
    predictedMilliseconds: numberOf(point["predictedMilliseconds"]),
    error: textOf(point["error"]) || null,
  };
}

function storedTuned({ ratio, noise, same, untuned }: Fields): StoredTuned | null {
  const by = numberOf(ratio);
  if (by === null) return null;
  const { variant, milliseconds } = fieldsOf(untuned);
  const before = { untuned: spreadOf(milliseconds), untunedVariant: textOf(variant) };
  return { ratio: by, noise: numberOf(noise), same: same === true, ...before };
}

/** A peer without a time, or without a ratio to ours, is left out. */
function storedPeer(name: string, { milliseconds, ratio, version }: Fields): StoredPeer[] {
  const time = numberOf(milliseconds) ?? spreadOf(milliseconds)?.median;
  const by = numberOf(ratio);
  if (time === undefined || by === null || !(time > 0) || !(by > 0)) return [];
  return [{ name, milliseconds: time, ratio: by, version: textOf(version) || null }];
}
