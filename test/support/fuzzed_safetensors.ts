import type { RandomStream } from "../../src/kernels/philox.ts";
import { writeSafetensors } from "../../src/training/safetensors.ts";
import { fileOf } from "./malformed_safetensors.ts";

/** Small files that break no rule: tensors of all widths, empty ones, scalars, metadata, an unaligned file. */
export function validFiles(): Uint8Array<ArrayBuffer>[] {
  const weight = { dtype: "F32" as const, shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
  const mask = { dtype: "BOOL" as const, shape: [3], data: Uint8Array.of(1, 0, 1) };
  const step = { dtype: "I64" as const, shape: [], data: BigInt64Array.of(7n) };
  const none = { dtype: "F16" as const, shape: [0, 5], data: new Uint16Array() };
  const unaligned = {
    z: { dtype: "U8", shape: [3], data_offsets: [0, 3] },
    a: { dtype: "F32", shape: [], data_offsets: [3, 7] },
  };
  return [
    writeSafetensors([["weight", weight]]),
    writeSafetensors(
      [
        ["mask", mask],
        ["weight", weight],
        ["step", step],
      ],
      { format: "pt" },
    ),
    writeSafetensors([["none", none]], { a: "b", c: "d\n" }),
    writeSafetensors([
      ["weight", weight],
      ["é\u2028😀", mask],
      ["0", none],
    ]),
    writeSafetensors([]),
    fileOf(unaligned, 7),
  ];
}

/** What headers are made of, right and wrong. */
const words = [
  ...'{}[],:" \n\t\0',
  ...["{}", "[]", '""', "[0,0]", "0", "1", "-1", "4", "16", "1.0", "1e1", "00", "null", "true"],
  ...["9007199254740991", "9007199254740992", "18446744073709551615", "4294967296"],
  ...['"dtype"', '"shape"', '"data_offsets"', '"__metadata__":{},', '"F32"', '"F64"', '"U8"', '"F4"', '"x":'],
  ...["\\u0077", "\\ud800", "\\", "é", "\ufeff"],
];

/** A file changed in one to four places. */
export function mutated(file: Uint8Array<ArrayBuffer>, random: RandomStream): Uint8Array<ArrayBuffer> {
  let bytes = file.slice();
  const changes = 1 + random.below(4);
  for (let change = 0; change < changes; change++) bytes = changed(bytes, random);
  return bytes;
}

function changed(bytes: Uint8Array<ArrayBuffer>, random: RandomStream): Uint8Array<ArrayBuffer> {
  const at = bytes.length === 0 ? 0 : random.below(bytes.length);
  switch (random.below(9)) {
    case 0:
      return withByte(bytes, at, random.below(256));
    case 1:
      return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << random.below(8)));
    case 2:
      return bytes.slice(0, at);
    case 3:
      return joined(
        bytes,
        Uint8Array.from({ length: 1 + random.below(9) }, () => random.below(256)),
      );
    case 4:
      return withByte(bytes, random.below(8), random.below(256));
    case 5: {
      // A piece comes again, or goes.
      const end = Math.min(bytes.length, at + 1 + random.below(24));
      return random.below(2) === 0
        ? rewritten(bytes, [bytes.slice(0, end), bytes.slice(at)])
        : rewritten(bytes, [bytes.slice(0, at), bytes.slice(end)]);
    }
    case 6: {
      // A digit becomes another, wherever the next one is.
      const digit = bytes.findIndex((byte, place) => place >= at && byte >= 0x30 && byte <= 0x39);
      return digit < 8 ? bytes : withByte(bytes, digit, 0x30 + random.below(10));
    }
    default: {
      const word = new TextEncoder().encode(words[random.below(words.length)]);
      const skipped = random.below(2) === 0 ? 0 : word.length;
      return rewritten(bytes, [bytes.slice(0, at), word, bytes.slice(at + skipped)]);
    }
  }
}

function withByte(bytes: Uint8Array<ArrayBuffer>, at: number, byte: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy[at] = byte;
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Parts as one file; the header's length follows what the header gained or lost, so that the change is looked at. */
function rewritten(before: Uint8Array<ArrayBuffer>, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const after = joined(...parts);
  if (before.length < 8 || after.length < 8) return after;
  const length = new DataView(before.buffer).getBigUint64(0, true);
  const wanted = length + BigInt(after.length - before.length);
  if (wanted >= 0n && wanted < 2n ** 64n) new DataView(after.buffer).setBigUint64(0, wanted, true);
  return after;
}
