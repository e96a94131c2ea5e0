import { DataError, UsageError } from "../device/errors.ts";
import { parseCsv } from "./csv_fields.ts";
import type { TableTargets } from "./table_dataset.ts";
import { TableDataset } from "./table_dataset.ts";

/** A feature computed of a row's numbers: `{ name: "rooms", of: (row) => row("total_rooms") / row("households") }`. */
export interface ComputedFeature {
  readonly name: string;
  /** @param row gives the row's number in a column */
  of(row: (column: string) => number): number;
}

export interface CsvOptions {
  /** Of the dataset, for messages: `csv` by default. */
  readonly name?: string;
  /** The column, or columns, whose numbers are to be predicted. Give this or `labels`. */
  readonly target?: string | readonly string[];
  /** The column whose words are the classes to be predicted, in the order of their words' codes. */
  readonly labels?: string;
  /** Columns to predict from; by default all but those to be predicted. */
  readonly features?: readonly (string | ComputedFeature)[];
  /** Columns to leave out, where `features` names none: those of words. */
  readonly without?: readonly string[];
  /** What to do with a row that has an empty field among those that are read: refuse the text, by default, or leave the row out. */
  readonly missing?: "refuse" | "drop";
  /** Between fields; a comma by default. */
  readonly separator?: string;
}

/**
 * A table of a text of comma-separated values: a first line of columns' names, then a line a row (RFC 4180; a field may stand
 * in double quotes; empty lines do not count). Numbers are those of JavaScript's `Number`, finite, stored as f32.
 * @throws DataError that names row and column, rows counted from 1 behind the header: a field that is no number, an empty
 *   one, a row with another number of fields, a name that no column or that two columns have
 * @throws UsageError unless one of `target` and `labels` is given
 */
export function csv(text: string, options: CsvOptions): TableDataset {
  const { name = "csv", separator = ",", missing = "refuse" } = options;
  const where = `csv(${name})`;
  const targets = targetColumns(where, options);
  const [header = [], ...rows] = parseCsv(text, separator, where);
  const table = new Columns(where, header, rows);
  const { without = [], features = header.filter((column) => ![...targets, ...without].includes(column)) } =
    options;
  for (const column of [...without, ...targets]) table.place(column);
  const kept: number[] = [];
  const values: number[] = [];
  rows.forEach((_, row) => {
    const drops = missing === "drop";
    if (drops && targets.some((column) => table.isEmpty(row, column))) return;
    const own = featuresOf(table, row, features, drops);
    if (!own) return;
    kept.push(row);
    for (const value of own) values.push(value);
  });
  if (kept.length === 0)
    throw new DataError({ where, problem: "no rows", got: `${rows.length} in the text` });
  return new TableDataset({
    name,
    featureNames: features.map((feature) => (typeof feature === "string" ? feature : feature.name)),
    features: Float32Array.from(values),
    targets: targetsOf(table, kept, targets, options.labels !== undefined),
  });
}

/** A row's features; none where one of the fields that they read is empty, and such rows are dropped. */
function featuresOf(
  table: Columns,
  row: number,
  features: readonly (string | ComputedFeature)[],
  drops: boolean,
): number[] | undefined {
  let empty = false;
  const read = (column: string): number => {
    if (!drops || !table.isEmpty(row, column)) return table.number(row, column);
    empty = true;
    return Number.NaN;
  };
  const own = features.map((feature) => (typeof feature === "string" ? read(feature) : feature.of(read)));
  if (empty) return undefined;
  own.forEach((value, at) => {
    const feature = features[at];
    if (typeof feature === "string" || Number.isFinite(Math.fround(value))) return;
    const problem = "what was computed is not finite";
    throw table.error(row, feature?.name ?? "", problem, String(value), "a finite f32");
  });
  return own;
}

function targetColumns(where: string, { target, labels }: CsvOptions): readonly string[] {
  if ((target === undefined) === (labels === undefined)) {
    const problem = "it has to be said what is predicted, once";
    throw new UsageError({ where, problem, hint: "give target, of numbers, or labels, of words" });
  }
  if (labels !== undefined) return [labels];
  return typeof target === "string" ? [target] : (target ?? []);
}

function targetsOf(
  table: Columns,
  rows: readonly number[],
  names: readonly string[],
  words: boolean,
): TableTargets {
  const [column = ""] = names;
  if (!words) {
    const values = rows.flatMap((row) => names.map((name) => table.number(row, name)));
    return { kind: "values", names, values: Float32Array.from(values) };
  }
  const fields = rows.map((row) => table.word(row, column));
  const classes = [...new Set(fields)].sort();
  const numbers = new Map(classes.map((name, number) => [name, number]));
  return { kind: "labels", classes, labels: Uint32Array.from(fields, (field) => numbers.get(field) ?? 0) };
}

/** Fields by row and column. */
class Columns {
  readonly #where: string;
  readonly #header: readonly string[];
  readonly #rows: readonly (readonly string[])[];
  readonly #places = new Map<string, number>();

  constructor(where: string, header: readonly string[], rows: readonly (readonly string[])[]) {
    this.#where = where;
    this.#header = header;
    this.#rows = rows;
    header.forEach((column, place) => {
      if (this.#places.has(column)) {
        throw new DataError({ where, problem: "two columns have one name", got: column });
      }
      this.#places.set(column, place);
    });
    const wrong = rows.findIndex((row) => row.length !== header.length);
    if (wrong === -1) return;
    throw new DataError({
      where,
      problem: `row ${wrong + 1} has another number of fields than the header`,
      got: String(rows[wrong]?.length),
      expected: String(header.length),
    });
  }

  /** @throws DataError where there is no such column */
  place(column: string): number {
    const place = this.#places.get(column);
    if (place !== undefined) return place;
    throw new DataError({
      where: this.#where,
      problem: "there is no such column",
      got: column,
      expected: this.#header.join(", "),
    });
  }

  isEmpty(row: number, column: string): boolean {
    return this.#rows[row]?.[this.place(column)]?.trim() === "";
  }

  word(row: number, column: string): string {
    const field = this.#rows[row]?.[this.place(column)]?.trim() ?? "";
    if (field !== "") return field;
    const hint = 'missing: "drop" leaves such rows out';
    throw this.error(row, column, "the field is empty", "nothing", "a value", hint);
  }

  number(row: number, column: string): number {
    const field = this.word(row, column);
    const value = Number(field);
    if (Number.isFinite(Math.fround(value))) return value;
    const hint = "name the columns to use in features, or those to leave out in without";
    throw this.error(row, column, "the field is no number", JSON.stringify(field), "a finite f32", hint);
  }

  error(
    row: number,
    column: string,
    problem: string,
    got: string,
    expected: string,
    hint?: string,
  ): DataError {
    const where = this.#where;
    return new DataError({
      where,
      problem: `row ${row + 1}, column ${column}: ${problem}`,
      got,
      expected,
      hint,
    });
  }
}
