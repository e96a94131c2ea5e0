import { DataError } from "../device/errors.ts";

/**
 * The fields of a text of separated values, line by line (RFC 4180): quoted fields may hold separators, line breaks and
 * doubled quotes. A byte order mark and empty lines do not count.
 * @throws DataError where a quote is not closed or something follows one
 */
export function parseCsv(text: string, separator: string, where: string): string[][] {
  const lines: string[][] = [];
  const start = text.startsWith("\ufeff") ? 1 : 0;
  let line: string[] = [];
  for (let at = start; at <= text.length; ) {
    const field = text[at] === '"' ? quoted(text, at, where, lines.length) : bare(text, at, separator);
    line.push(field.value);
    const next = text[field.end];
    if (next === separator) {
      at = field.end + 1;
      continue;
    }
    if (next !== undefined && next !== "\n" && next !== "\r") {
      const problem = `line ${lines.length + 1}: something follows a closing quote`;
      throw new DataError({
        where,
        problem,
        got: JSON.stringify(next),
        expected: "a separator or a new line",
      });
    }
    if (line.length > 1 || line[0] !== "") lines.push(line);
    line = [];
    at = field.end + (next === "\r" && text[field.end + 1] === "\n" ? 2 : 1);
  }
  return lines;
}

interface Field {
  readonly value: string;
  /** The place behind it. */
  readonly end: number;
}

function bare(text: string, start: number, separator: string): Field {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
  return { value: text.slice(start, end), end };
}

function quoted(text: string, start: number, where: string, line: number): Field {
  let value = "";
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) throw new DataError({ where, problem: `line ${line + 1}: a quote is not closed` });
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}
