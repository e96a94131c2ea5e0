import type { Spread } from "../device/timing.ts";

/** A JSON object of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

/** A median with what lies around it; without a median, null. */
export function spreadOf(value: unknown): Spread | null {
  const { min, median, max } = fieldsOf(value);
  const middle = numberOf(median);
  if (middle === null) return null;
  return { min: numberOf(min) ?? middle, median: middle, max: numberOf(max) ?? middle };
}

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export const numberOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};
