import { CheckpointError } from "../../device/errors.ts";
import { shown } from "./format.ts";

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code("\\");
const ZERO = code("0");
const NINE = code("9");
const BLANKS: ReadonlySet<number | undefined> = new Set([..." \t\n\r"].map(code));
const encoder = new TextEncoder();
const LETTER_U = code("u");
/** What stands for a byte after a backslash. */
const ESCAPES: ReadonlyMap<number | undefined, number> = new Map(
  ['""', "\\\\", "//", "b\b", "f\f", "n\n", "r\r", "t\t"].map((pair) => [
    pair.charCodeAt(0),
    pair.charCodeAt(1),
  ]),
);

/**
 * Reads JSON of a known form from bytes. `JSON.parse` would do for the syntax, but it hides keys that stand twice, and
 * builds whatever a file asks for before anything can be refused.
 */
export class JsonBytes {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #at = 0;

  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes;
    this.#where = where;
  }

  /** An object; `member` has to read the value of each key. @throws CheckpointError where a key stands twice */
  object(member: (key: string) => void): void {
    this.#expect("{");
    if (this.#take("}")) return;
    const keys = new Set<string>();
    do {
      const key = this.string();
      if (keys.has(key)) this.fail(`the key "${shown(key)}" stands twice`);
      keys.add(key);
      this.#expect(":");
      member(key);
    } while (this.#take(","));
    this.#expect("}");
  }

  /** An array of integers of at least 0, none above 2⁵³ − 1. */
  integers(most: number): number[] {
    const values: number[] = [];
    this.#expect("[");
    if (this.#take("]")) return values;
    do {
      if (values.length === most) this.fail(`more than ${most} numbers in an array`);
      values.push(this.#integer());
    } while (this.#take(","));
    this.#expect("]");
    return values;
  }

  string(): string {
    this.#expect('"', "a string");
    const begin = this.#at;
    let escaped = false;
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) this.fail("the header ends within a string");
      if (byte === QUOTE) break;
      if (byte < 0x20) this.fail("a control character in a string");
      if (byte === BACKSLASH) escaped = true;
      this.#at += byte === BACKSLASH ? 2 : 1;
    }
    const raw = this.#bytes.subarray(begin, this.#at);
    this.#at++;
    return this.#decode(escaped ? this.#unescaped(raw) : raw);
  }

  /** Nothing but blanks may follow. */
  end(): void {
    this.#skipBlanks();
    if (this.#at < this.#bytes.length) this.#unexpected("nothing after the object");
  }

  /** @throws CheckpointError always, with the place */
  fail(problem: string, parts: { readonly got?: string; readonly expected?: string } = {}): never {
    const place = `byte ${this.#at} of the header`;
    throw new CheckpointError({ where: this.#where, problem: `${problem}, at ${place}`, ...parts });
  }

  #integer(): number {
    this.#skipBlanks();
    const begin = this.#at;
    let value = 0;
    for (;;) {
      const byte = this.#bytes[this.#at] ?? 0;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + byte - ZERO;
      if (value > Number.MAX_SAFE_INTEGER) this.fail("a number that is too large");
      this.#at++;
    }
    if (this.#at === begin) this.#unexpected("an integer of at least 0");
    if (this.#bytes[begin] === ZERO && this.#at > begin + 1) this.fail("a number with a leading zero");
    return value;
  }

  #decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch (cause) {
      const problem = `a string that is no UTF-8 before byte ${this.#at} of the header`;
      throw new CheckpointError({ where: this.#where, problem }, { cause });
    }
  }

  /** As bytes, which are fewer than before: a string of escapes may be as long as the file. */
  #unescaped(raw: Uint8Array): Uint8Array {
    const out = new Uint8Array(raw.length);
    let length = 0;
    for (let at = 0; at < raw.length; at++) {
      const byte = raw[at] ?? 0;
      if (byte !== BACKSLASH) {
        out[length++] = byte;
        continue;
      }
      const escaped = raw[++at];
      if (escaped !== LETTER_U) {
        out[length++] = ESCAPES.get(escaped) ?? this.fail("an unknown escape in a string");
        continue;
      }
      let point = this.#hex(raw, at + 1);
      at += 4;
      if (point >= 0xdc00 && point < 0xe000) this.fail("half a surrogate pair in a string");
      if (point >= 0xd800 && point < 0xdc00) {
        const paired = raw[at + 1] === BACKSLASH && raw[at + 2] === LETTER_U;
        const low = paired ? this.#hex(raw, at + 3) : 0;
        if (low < 0xdc00 || low >= 0xe000) this.fail("half a surrogate pair in a string");
        point = 0x10000 + ((point - 0xd800) << 10) + low - 0xdc00;
        at += 6;
      }
      length += encoder.encodeInto(String.fromCodePoint(point), out.subarray(length)).written;
    }
    return out.subarray(0, length);
  }

  #hex(raw: Uint8Array, at: number): number {
    const digits = String.fromCharCode(...raw.subarray(at, at + 4));
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail("an unknown escape in a string");
    return Number.parseInt(digits, 16);
  }

  #skipBlanks(): void {
    while (BLANKS.has(this.#bytes[this.#at])) this.#at++;
  }

  #take(character: string): boolean {
    this.#skipBlanks();
    if (this.#bytes[this.#at] !== code(character)) return false;
    this.#at++;
    return true;
  }

  #expect(character: string, what = character): void {
    if (!this.#take(character)) this.#unexpected(what);
  }

  #unexpected(expected: string): never {
    const byte = this.#bytes[this.#at];
    const printable = byte !== undefined && byte > 0x20 && byte < 0x7f;
    const got = byte === undefined ? "the end" : printable ? String.fromCharCode(byte) : `byte ${byte}`;
    this.fail("the header is no JSON of this form", { got, expected });
  }
}
