import { DataError } from "../device/errors.ts";
import type { RowName } from "./candidate.ts";
import type { BenchRow } from "./result.ts";
import { rowKey } from "./result.ts";

/** What a comparison needs of a stored row. */
export interface BaselineRow extends RowName {
  readonly median: number;
  readonly noise: number;
}

/** A stored run. */
export interface Baseline {
  /** The adapter's description. */
  readonly adapter: string;
  readonly rows: ReadonlyMap<string, BaselineRow>;
}

/** A row beside the same row of a stored run. */
export interface Compared {
  /** Our median by the stored one: above 1 is slower. */
  readonly ratio: number;
  /** The ratio up to which the two are the same. */
  readonly limit: number;
  readonly regression: boolean;
}

/** Even where no sample strays, two processes differ by as much. */
const leastNoise = 0.05;

/** A row's ratio to the baseline, or null where either has no time. */
export function compareRow(row: BenchRow, baseline: Baseline): Compared | null {
  const before = baseline.rows.get(rowKey(row));
  if (!before || !row.measured) return null;
  const ratio = row.measured.milliseconds.median / before.median;
  const limit = 1 + Math.max(leastNoise, row.measured.noise, before.noise);
  return { ratio, limit, regression: ratio > limit };
}

/**
 * Reads the document that `wgrad bench --json` or `--out` wrote. Rows without a time are left out.
 * @throws DataError where it is no such document
 */
export function parseBaseline(text: string, where: string): Baseline {
  const document = asRecord(parseJson(text, where));
  const adapter = asRecord(document["adapter"])["description"];
  const rows = document["rows"];
  if (typeof adapter !== "string" || !Array.isArray(rows)) {
    throw new DataError({
      where,
      problem: "it is no stored run of benchmarks",
      hint: "write one with --out",
    });
  }
  const known = rows.flatMap((row: unknown) => parseRow(asRecord(row)));
  return { adapter, rows: new Map(known.map((row) => [rowKey(row), row])) };
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError({ where, problem: "it is no JSON", hint: "write one with --out" }, { cause });
  }
}

function parseRow(row: Readonly<Record<string, unknown>>): BaselineRow[] {
  const { name, case: sizes, variant, noise } = row;
  const { median } = asRecord(row["milliseconds"]);
  if (typeof name !== "string" || typeof sizes !== "string" || typeof variant !== "string") return [];
  if (typeof median !== "number" || !(median > 0)) return [];
  return [{ name, case: sizes, variant, median, noise: typeof noise === "number" ? noise : 0 }];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
