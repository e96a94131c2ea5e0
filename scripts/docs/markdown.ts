import { digits, percent, shortTime } from "../../src/benchmarks/charts/svg.ts";
import type { Spread } from "../../src/device/timing.ts";

/** A file that `npm run docs` writes. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A column: its head, and its cell for a row. A head that begins with `>` has figures below it, set to the right. */
export type Column<Row> = readonly [head: string, cell: (row: Row) => string];

/** A table; columns without a single filled cell are left out, and without rows there is none. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const filled = columns.filter(([, cell]) => rows.some((row) => cell(row) !== ""));
  if (filled.length === 0) return "";
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [
    line(filled.map(([head]) => head.replace(/^>/, ""))),
    `|${filled.map(([head]) => (head.startsWith(">") ? "--:" : "---")).join("|")}|`,
    ...rows.map((row) => line(filled.map(([, cell]) => cell(row)))),
  ].join("\n");
}

/**
 * Puts content between `<!-- NAME -->` and its closing mark.
 * @throws Error where a file has no such marks
 */
export function fill(page: Page, name: string, content: string, closing = name): Page {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${closing} -->`];
  const start = page.text.indexOf(open);
  const end = page.text.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`${page.path} has no ${open} … ${close}`);
  const inside = content === "" ? "\n" : `\n${content}\n`;
  return { ...page, text: `${page.text.slice(0, start + open.length)}${inside}${page.text.slice(end)}` };
}

/** Paragraphs, the empty ones left out. */
export const paragraphs = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("\n\n");

/** A part under its heading, or nothing where nothing is in it. */
export const section = (heading: string, ...parts: readonly string[]): string => {
  const content = paragraphs(...parts);
  return content === "" ? "" : `${heading}\n\n${content}`;
};

export const timeOf = (spread: Spread | null): string => (spread ? shortTime(spread.median) : "");

export const rangeOf = (spread: Spread | null): string =>
  spread ? `${shortTime(spread.min)} – ${shortTime(spread.max)}` : "";

/** A figure or nothing. */
export const figure = (value: number | null, show: (value: number) => string): string =>
  value === null ? "" : show(value);

export const times = (ratio: number): string => `${digits(ratio)} ×`;

/** Shares above one are measured too: the working set fits a cache, the roofline's copy does not. */
export const share = percent;
