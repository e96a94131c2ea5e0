import { InvalidArgumentError } from "commander";

/** A decimal number without anything around it; `Number` alone takes "", "0x10" and " 1". */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const number = (text: string): number => (DECIMAL.test(text) ? Number(text) : Number.NaN);

function parser(expected: string, accepts: (value: number) => boolean): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (accepts(value)) return value;
    throw new InvalidArgumentError(`Expected ${expected}.`);
  };
}

/** Parsers of option values; commander turns what they throw into wrong usage. */
export const count = parser("an integer of at least 1", (value) => Number.isSafeInteger(value) && value >= 1);
export const positive = parser("a number above 0", (value) => Number.isFinite(value) && value > 0);
export const seed = parser(
  "an integer from 0 to 2^53 - 1",
  (value) => Number.isSafeInteger(value) && value >= 0,
);
export const port = parser(
  "a port from 0 to 65535",
  (value) => Number.isInteger(value) && value >= 0 && value < 65_536,
);

/** `a,b` as a list. */
export const words = (text: string): readonly string[] => text.split(",").map((word) => word.trim());
