import type { BenchRow } from "../benchmarks/result.ts";

/** The peers that any row was compared with, in the order of the first that has them. */
export const peersIn = (rows: readonly BenchRow[]): string[] => [
  ...new Set(rows.flatMap(({ against }) => Object.keys(against ?? {}))),
];

/** A peer's time by ours; `none` where it has no time, and nothing where it was not asked for the row. */
export function peerRatio({ against }: BenchRow, peer: string): string {
  const result = against?.[peer];
  if (!result) return "";
  if (result.ratio === null) return "none";
  return result.ratio.toLocaleString("en-US", { maximumSignificantDigits: 3, useGrouping: false });
}

/** Why peers have no time, a line each; no lines where all have. */
export function peerNotes(rows: readonly BenchRow[]): string[] {
  const notes = rows.flatMap(({ name, case: sizes, against }) =>
    Object.entries(against ?? {}).flatMap(([peer, { version, error }]) =>
      error === undefined ? [] : [`  ${peer}${version ? ` ${version}` : ""}, ${name} ${sizes}: ${error}`],
    ),
  );
  return notes.length > 0 ? ["", "Peers without a time:", ...notes] : [];
}
