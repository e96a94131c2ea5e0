import type { StoredRun } from "../training/node/run_queries.ts";

/** `2026-01-31 09:30`, in local time. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Seconds from a run's beginning to its end; null where it has none. */
export function secondsOf({ startedAt, endedAt }: StoredRun): number | null {
  return endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
}

/** Four digits, powers of ten for what is far from 1. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return Number(value.toPrecision(3)).toExponential().replace("e+", "e");
  return value.toLocaleString("en-US", { maximumSignificantDigits: 4, useGrouping: false });
}

export const formatMaybe = (value: number | null): string => (value === null ? "" : formatNumber(value));

export const formatMaybeShare = (share: number | null): string =>
  share === null ? "" : `${(100 * share).toFixed(2)} %`;

/** A stored value as a person reads it. */
export function formatValue(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : formatNumber(value);
  if (typeof value === "string") return value;
  return JSON.stringify(value) ?? "";
}

/** Records within a record as fields of it: `optimizerSettings.beta1`. */
export function flattened(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [[key, value]];
    return Object.entries(flattened({ ...value })).map(([inner, field]) => [`${key}.${inner}`, field]);
  });
  return Object.fromEntries(entries);
}

/** A field of a stored record where it is a number. */
export function numberField(fields: Readonly<Record<string, unknown>>, key: string): number | null {
  const value = fields[key];
  return typeof value === "number" ? value : null;
}

/** What of the configuration says how it was optimised. */
export function optimizerOf({ config }: StoredRun): string {
  const optimizer = config["optimizer"];
  if (typeof optimizer === "string") return optimizer;
  if (typeof optimizer === "object" && optimizer !== null && "name" in optimizer)
    return String(optimizer.name);
  return "";
}
