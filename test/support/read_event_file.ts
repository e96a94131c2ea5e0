/** A reader of TensorBoard event files that shares nothing with the writer: bits instead of tables, a cursor. */

export interface EventMessage {
  readonly wallTime: number;
  readonly step: number;
  readonly fileVersion?: string;
  readonly scalars: readonly (readonly [tag: string, value: number])[];
}

/** @throws where a length or a checksum is wrong */
export function readEventFile(file: Uint8Array): EventMessage[] {
  const events: EventMessage[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  while (at < file.length) {
    if (file.length - at < 16) throw new Error(`no length of a record at ${at}`);
    check(file.subarray(at, at + 8), view.getUint32(at + 8, true));
    const length = Number(view.getBigUint64(at, true));
    if (at + length + 16 > file.length) throw new Error(`a length of ${length} at ${at}`);
    const record = file.subarray(at + 12, at + 12 + length);
    check(record, view.getUint32(at + 12 + length, true));
    events.push(eventOf(record));
    at += 16 + length;
  }
  return events;
}

function check(bytes: Uint8Array, stored: number): void {
  const rotated = (stored - 0xa282ead8) >>> 0;
  const crc = ((rotated << 15) | (rotated >>> 17)) >>> 0;
  if (crc !== crcBitByBit(bytes)) throw new Error("a wrong checksum");
}

/** Division by x³² + x²⁸ + x²⁷ + …, the lowest bit of each byte first. */
function crcBitByBit(bytes: Uint8Array): number {
  let register = 0xffffffffn;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const input = BigInt((byte >> bit) & 1);
      const out = (register & 1n) ^ input;
      register >>= 1n;
      if (out) register ^= 0x82f63b78n;
    }
  }
  return Number(register ^ 0xffffffffn);
}

type Field = { readonly field: number; readonly bytes: Uint8Array; readonly integer: number };

function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  };
  while (at < message.length) {
    const key = varint();
    const kind = key & 7;
    const integer = kind === 0 || kind === 2 ? varint() : 0;
    const length = kind === 1 ? 8 : kind === 5 ? 4 : kind === 2 ? integer : 0;
    yield { field: key >> 3, bytes: message.subarray(at, at + length), integer };
    at += length;
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const textOf = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

function eventOf(record: Uint8Array): EventMessage {
  let [wallTime, step] = [Number.NaN, 0];
  let fileVersion: string | undefined;
  const scalars: [string, number][] = [];
  for (const { field, bytes, integer } of fieldsOf(record)) {
    if (field === 1) wallTime = viewOf(bytes).getFloat64(0, true);
    if (field === 2) step = integer;
    if (field === 3) fileVersion = textOf(bytes);
    if (field === 5) for (const value of fieldsOf(bytes)) scalars.push(scalarOf(value.bytes));
  }
  return { wallTime, step, ...(fileVersion !== undefined && { fileVersion }), scalars };
}

function scalarOf(message: Uint8Array): [string, number] {
  let [tag, value] = ["", Number.NaN];
  for (const { field, bytes } of fieldsOf(message)) {
    if (field === 1) tag = textOf(bytes);
    if (field === 2) value = viewOf(bytes).getFloat32(0, true);
  }
  return [tag, value];
}
