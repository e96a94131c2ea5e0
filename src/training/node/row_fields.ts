import { RecordsError } from "./records_error.ts";
import type { Row } from "./sqlite.ts";

/** Reads columns as what they are stored as. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw unexpected(column, value);
}

export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null ? null : textOf(row, column);

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === "number") return value;
  throw unexpected(column, value);
}

export const numberOrNull = (row: Row, column: string): number | null =>
  row[column] === null ? null : numberOf(row, column);

/** A column of JSON. */
export function jsonOf(row: Row, column: string): unknown {
  const text = textOf(row, column);
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected(column, text);
  }
}

export function recordOf(row: Row, column: string): Readonly<Record<string, unknown>> {
  const value = row[column] === null ? {} : jsonOf(row, column);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function unexpected(column: string, value: unknown): RecordsError {
  const got = JSON.stringify(value)?.slice(0, 60) ?? typeof value;
  return new RecordsError({ where: "records", problem: `an unexpected value in column ${column}`, got });
}
