import { crc32c } from "./crc32c.ts";

/** Scalars of one moment, as TensorBoard shows them: a tag is a curve. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly scalars: readonly (readonly [tag: string, value: number])[];
}

/** `events.out.tfevents.<seconds>.<host>`: TensorBoard takes files of no other name. */
export function eventFileName(wallTime: number, host: string): string {
  const seconds = String(Math.max(0, Math.floor(wallTime))).padStart(10, "0");
  return `events.out.tfevents.${seconds}.${host.replace(/[^\w-]/g, "-") || "host"}`;
}

/**
 * A TensorBoard event file: records of TFRecord framing, each an Event message in protobuf's wire format. The first tells
 * the version. Formats: tensorflow/core/lib/io/record_writer.cc, core/util/event.proto, core/framework/summary.proto.
 */
export function encodeEventFile(wallTime: number, events: readonly ScalarEvent[]): Uint8Array<ArrayBuffer> {
  const version = [...doubleField(1, wallTime), ...bytesField(3, utf8("brain.Event:2"))];
  return concatenated([
    framed(Uint8Array.from(version)),
    ...events.map((event) => framed(encodeEvent(event))),
  ]);
}

/** Event { double wall_time = 1; int64 step = 2; Summary summary = 5 } */
function encodeEvent({ wallTime, step, scalars }: ScalarEvent): Uint8Array {
  const summary = scalars.flatMap(([tag, value]) => bytesField(1, encodeValue(tag, value)));
  return Uint8Array.from([
    ...doubleField(1, wallTime),
    ...varint((2 << 3) | wire.varint),
    ...varint(step),
    ...bytesField(5, summary),
  ]);
}

/** Summary.Value { string tag = 1; float simple_value = 2 } */
const encodeValue = (tag: string, value: number): number[] => [
  ...bytesField(1, utf8(tag)),
  ...varint((2 << 3) | wire.fixed32),
  ...bytesOf(4, (view) => view.setFloat32(0, value, true)),
];

/** How a field's value is laid out, in the low three bits of its key. */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const doubleField = (field: number, value: number): number[] => [
  ...varint((field << 3) | wire.fixed64),
  ...bytesOf(8, (view) => view.setFloat64(0, value, true)),
];

const bytesField = (field: number, content: readonly number[]): number[] => [
  ...varint((field << 3) | wire.bytes),
  ...varint(content.length),
  ...content,
];

/** Seven bits a byte, the lowest first. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

function bytesOf(length: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}

const utf8 = (text: string): number[] => Array.from(new TextEncoder().encode(text));

/** uint64 length, its masked CRC, the record, its masked CRC; all little-endian. */
function framed(record: Uint8Array): Uint8Array {
  const frame = new Uint8Array(record.length + 16);
  const view = new DataView(frame.buffer);
  view.setBigUint64(0, BigInt(record.length), true);
  view.setUint32(8, masked(crc32c(frame.subarray(0, 8))), true);
  frame.set(record, 12);
  view.setUint32(12 + record.length, masked(crc32c(record)), true);
  return frame;
}

/** A CRC of data that holds CRCs would be weak, so it is rotated and shifted. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
