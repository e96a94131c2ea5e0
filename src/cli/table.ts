import CliTable from "cli-table3";
import { UsageError } from "../device/errors.ts";

export type TableCell = string | number;

const PLAIN_BORDERS = {
  top: "-",
  "top-mid": "+",
  "top-left": "+",
  "top-right": "+",
  bottom: "-",
  "bottom-mid": "+",
  "bottom-left": "+",
  "bottom-right": "+",
  left: "|",
  "left-mid": "+",
  mid: "-",
  "mid-mid": "+",
  right: "|",
  "right-mid": "+",
  middle: "|",
};

/**
 * A table for people: ASCII borders, no colour, columns of numbers to the right. Format numbers before: strings that
 * start with a digit count as numbers, unless all columns are to be text. Throws UsageError for a row of another length
 * than the head.
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly TableCell[])[],
  options: { readonly allText?: boolean } = {},
): string {
  for (const [index, row] of rows.entries()) {
    if (row.length === head.length) continue;
    const got = `${row.length} cells`;
    throw new UsageError({
      where: "formatTable",
      problem: `wrong row ${index}`,
      got,
      expected: String(head.length),
    });
  }
  const isNumeric = (column: number): boolean =>
    options.allText !== true &&
    rows.length > 0 &&
    rows.every((row) => /^([-+−]?[\d.]|NaN|[-+−]?Infinity|$)/.test(String(row[column] ?? "")));
  const table = new CliTable({
    head: [...head],
    chars: PLAIN_BORDERS,
    colAligns: head.map((_, column) => (isNumeric(column) ? "right" : "left")),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
