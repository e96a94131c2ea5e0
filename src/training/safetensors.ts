/**
 * The safetensors format: a u64 length, a JSON header padded with spaces to 8 bytes, then the tensors' bytes without
 * gaps, little-endian as every WebGPU host. https://huggingface.co/docs/safetensors
 */
import { CheckpointError } from "../device/errors.ts";

const ELEMENT_BYTES = { F32: 4, F16: 2, U32: 4, I32: 4, U8: 1 } as const;
const LENGTH_BYTES = 8;
/** The limit of the reference implementation: a longer header is an attack or a mistake. */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA = "__metadata__";

export type SafetensorsDtype = keyof typeof ELEMENT_BYTES;

interface Tensor<D extends SafetensorsDtype, A> {
  readonly dtype: D;
  readonly shape: readonly number[];
  /** The elements in row-major order. */
  readonly data: A;
}

/** A tensor in host memory. F16 is passed through as its bits. */
export type SafetensorsTensor =
  | Tensor<"F32", Float32Array>
  | Tensor<"F16", Uint16Array>
  | Tensor<"U32", Uint32Array>
  | Tensor<"I32", Int32Array>
  | Tensor<"U8", Uint8Array>;

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

/**
 * The bytes of a file with these tensors. Wide elements come first, so that all of them are aligned.
 *
 * @throws CheckpointError for a name used twice or reserved, or data that does not fit its dtype and shape
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: SafetensorsTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const named = [...tensors];
  checkWritable(named);
  const placed = new Map<string, Entry>();
  let dataBytes = 0;
  for (const width of [4, 2, 1]) {
    for (const [name, { dtype, shape, data }] of named) {
      if (ELEMENT_BYTES[dtype] !== width) continue;
      placed.set(name, { dtype, shape, data_offsets: [dataBytes, dataBytes + data.byteLength] });
      dataBytes += data.byteLength;
    }
  }
  const entries: [string, unknown][] = named.map(([name]) => [name, placed.get(name)]);
  if (Object.keys(metadata).length > 0) entries.unshift([METADATA, metadata]);
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const dataStart = LENGTH_BYTES + Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(dataStart + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - LENGTH_BYTES), true);
  bytes.fill(0x20, LENGTH_BYTES, dataStart);
  bytes.set(header, LENGTH_BYTES);
  for (const [name, { data }] of named) {
    const begin = placed.get(name)?.data_offsets[0] ?? 0;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataStart + begin);
  }
  return bytes;
}

const ARRAYS = {
  F32: Float32Array,
  F16: Uint16Array,
  U32: Uint32Array,
  I32: Int32Array,
  U8: Uint8Array,
} as const;

function checkWritable(tensors: readonly (readonly [string, SafetensorsTensor])[]): void {
  const names = new Set<string>();
  for (const [name, { dtype, shape, data }] of tensors) {
    const where = `writeSafetensors(${name})`;
    if (name === METADATA) throw new CheckpointError({ where, problem: "the name is reserved" });
    if (names.has(name)) throw new CheckpointError({ where, problem: "two tensors have this name" });
    names.add(name);
    if (!isDtype(dtype))
      throw new CheckpointError({ where, problem: "unsupported dtype", got: String(dtype) });
    if (!(data instanceof ARRAYS[dtype])) {
      const got = Object.prototype.toString.call(data).slice(8, -1);
      throw new CheckpointError({
        where,
        problem: `wrong array for ${dtype}`,
        got,
        expected: ARRAYS[dtype].name,
      });
    }
    if (!isShape(shape) || elementCount(shape) !== data.length) {
      throw new CheckpointError({
        where,
        problem: "data and shape do not fit each other",
        got: `${data.length} elements`,
        expected: `shape [${shape.join(", ")}]`,
      });
    }
  }
}

/**
 * Reads a file. Tensors are views of `file` where they are aligned, else copies; they come in the header's order.
 *
 * @param name the file, for messages
 * @throws CheckpointError unless the header is whole and the tensors fill the rest without overlap or gap
 */
export function readSafetensors(
  file: ArrayBuffer | Uint8Array<ArrayBuffer>,
  name = "buffer",
): SafetensorsFile {
  const where = `safetensors(${name})`;
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  const dataStart = LENGTH_BYTES + headerLength(bytes, where);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart), where);
  const data = bytes.subarray(dataStart);
  const tensors = new Map<string, SafetensorsTensor>();
  const ranges: Range[] = [];
  for (const [tensorName, value] of Object.entries(header)) {
    if (tensorName === METADATA) continue;
    const entry = checkEntry(value, data.length, `safetensors(${name}, tensor ${tensorName})`);
    const [begin, end] = entry.data_offsets;
    ranges.push({ name: tensorName, begin, end });
    tensors.set(tensorName, toTensor(entry, data.subarray(begin, end)));
  }
  checkRanges(ranges, data.length, where);
  return { tensors, metadata: checkMetadata(header[METADATA], where) };
}

function headerLength(bytes: Uint8Array, where: string): number {
  if (bytes.length < LENGTH_BYTES) {
    const got = `${bytes.length} bytes`;
    throw new CheckpointError({
      where,
      problem: "too short for a safetensors file",
      got,
      expected: "at least 8",
    });
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const room = Math.min(bytes.length - LENGTH_BYTES, MAX_HEADER_BYTES);
  if (length > BigInt(room)) {
    const got = `${length} bytes`;
    throw new CheckpointError({ where, problem: "wrong header length", got, expected: `at most ${room}` });
  }
  return Number(length);
}

function parseHeader(bytes: Uint8Array, where: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new CheckpointError({ where, problem: `the header is no JSON: ${String(cause)}` }, { cause });
  }
  if (!isObject(header)) throw new CheckpointError({ where, problem: "the header is no JSON object" });
  return header;
}

function checkEntry(value: unknown, dataBytes: number, where: string): Entry {
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {};
  if (!isDtype(dtype)) {
    const expected = Object.keys(ELEMENT_BYTES).join(", ");
    throw new CheckpointError({ where, problem: "unsupported dtype", got: JSON.stringify(dtype), expected });
  }
  if (!isShape(shape))
    throw new CheckpointError({ where, problem: "wrong shape", got: JSON.stringify(shape) });
  const [begin = -1, end = -1] = isShape(offsets) && offsets.length === 2 ? offsets : [];
  if (begin < 0 || begin > end || end > dataBytes) {
    throw new CheckpointError({
      where,
      problem: "data_offsets out of bounds",
      got: JSON.stringify(offsets),
      expected: `[begin, end] within ${dataBytes} bytes of data`,
    });
  }
  const expected = elementCount(shape) * ELEMENT_BYTES[dtype];
  if (end - begin !== expected) {
    throw new CheckpointError({
      where,
      problem: "the data does not fit the shape",
      got: `${end - begin} bytes`,
      expected: `${expected} for ${dtype} [${shape.join(", ")}]`,
    });
  }
  return { dtype, shape, data_offsets: [begin, end] };
}

interface Range {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

/** The tensors in the data's order have to follow each other from its first byte to its last. */
function checkRanges(ranges: readonly Range[], dataBytes: number, where: string): void {
  let position = 0;
  let previous = "the start of the data";
  const expectAt = (begin: number, next: string): void => {
    if (begin === position) return;
    const problem =
      begin < position ? `${previous} and ${next} overlap` : `a gap between ${previous} and ${next}`;
    const hint = "the file may be cut or damaged";
    throw new CheckpointError({ where, problem, got: `byte ${begin}`, expected: `byte ${position}`, hint });
  };
  for (const { name, begin, end } of [...ranges].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    expectAt(begin, `tensor ${name}`);
    position = end;
    previous = `tensor ${name}`;
  }
  expectAt(dataBytes, "the end of the file");
}

function checkMetadata(value: unknown, where: string): Record<string, string> {
  if (value === undefined) return {};
  const entries = isObject(value) ? Object.entries(value) : undefined;
  if (!entries?.every((entry): entry is [string, string] => typeof entry[1] === "string")) {
    throw new CheckpointError({ where, problem: "the metadata is no map of strings" });
  }
  return Object.fromEntries(entries);
}

function toTensor({ dtype, shape }: Entry, range: Uint8Array<ArrayBuffer>): SafetensorsTensor {
  const { buffer, byteOffset } = range.byteOffset % ELEMENT_BYTES[dtype] === 0 ? range : range.slice();
  const count = elementCount(shape);
  switch (dtype) {
    case "F32":
      return { dtype, shape, data: new Float32Array(buffer, byteOffset, count) };
    case "F16":
      return { dtype, shape, data: new Uint16Array(buffer, byteOffset, count) };
    case "U32":
      return { dtype, shape, data: new Uint32Array(buffer, byteOffset, count) };
    case "I32":
      return { dtype, shape, data: new Int32Array(buffer, byteOffset, count) };
    case "U8":
      return { dtype, shape, data: new Uint8Array(buffer, byteOffset, count) };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDtype(value: unknown): value is SafetensorsDtype {
  return typeof value === "string" && Object.hasOwn(ELEMENT_BYTES, value);
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
