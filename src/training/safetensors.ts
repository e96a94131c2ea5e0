/**
 * The safetensors format: a u64 length, a JSON header padded with spaces to 8 bytes, then the tensors' bytes without
 * gaps, little-endian as every WebGPU host. https://huggingface.co/docs/safetensors
 */
import { CheckpointError } from "../device/errors.ts";
import type { HeaderEntry, SafetensorsTensor } from "./safetensors/format.ts";
import { arrays, lengthBytes, maxHeaderBytes, shown } from "./safetensors/format.ts";
import { parseHeader } from "./safetensors/header.ts";

export { toFloat32 } from "./safetensors/floats.ts";
export type { SafetensorsDtype, SafetensorsTensor } from "./safetensors/format.ts";
export { writeSafetensors } from "./safetensors/writer.ts";

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a file. Tensors are views of `file` where they are aligned, else copies; they come in the header's order. All
 * rules of the format are asked: a header of at most 100 MB that is one JSON object and begins with `{`, no key twice at
 * any level, metadata of strings, a known dtype, as many bytes as dtype and shape say, and ranges that cover the data
 * from its first byte to its last without overlap or gap. Nothing is allocated before it has been found to be right.
 *
 * @param name the file, for messages
 * @throws CheckpointError that says what is wrong, of which tensor, and where
 */
export function readSafetensors(
  file: ArrayBuffer | Uint8Array<ArrayBuffer>,
  name = "buffer",
): SafetensorsFile {
  const where = `safetensors(${name})`;
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  const dataStart = lengthBytes + headerLength(bytes, where);
  const data = bytes.subarray(dataStart);
  const { entries, metadata } = parseHeader(bytes.subarray(lengthBytes, dataStart), data.length, name);
  checkRanges(entries, data.length, where);
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [tensorName, entry] of entries) tensors.set(tensorName, toTensor(entry, data));
  return { tensors, metadata };
}

function headerLength(bytes: Uint8Array, where: string): number {
  if (bytes.length < lengthBytes) {
    const problem = "too short for a safetensors file";
    throw new CheckpointError({ where, problem, got: `${bytes.length} bytes`, expected: "at least 8" });
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const room = Math.min(bytes.length - lengthBytes, maxHeaderBytes);
  if (length > BigInt(room)) {
    const got = `${length} bytes`;
    throw new CheckpointError({ where, problem: "wrong header length", got, expected: `at most ${room}` });
  }
  return Number(length);
}

/** The tensors in the data's order have to follow each other from its first byte to its last. */
function checkRanges(entries: ReadonlyMap<string, HeaderEntry>, dataBytes: number, where: string): void {
  let position = 0;
  let previous = "the start of the data";
  const expectAt = (begin: number, next: string): void => {
    if (begin === position) return;
    const problem =
      begin < position ? `${previous} and ${next} overlap` : `a gap between ${previous} and ${next}`;
    const hint = "the file may be cut or damaged";
    throw new CheckpointError({ where, problem, got: `byte ${begin}`, expected: `byte ${position}`, hint });
  };
  for (const [name, { begin, end }] of [...entries].sort(
    ([, a], [, b]) => a.begin - b.begin || a.end - b.end,
  )) {
    expectAt(begin, `tensor ${shown(name)}`);
    position = end;
    previous = `tensor ${shown(name)}`;
  }
  expectAt(dataBytes, "the end of the file");
}

function toTensor(
  { dtype, shape, begin, end }: HeaderEntry,
  data: Uint8Array<ArrayBuffer>,
): SafetensorsTensor {
  const range = data.subarray(begin, end);
  const width = arrays[dtype].BYTES_PER_ELEMENT;
  const { buffer, byteOffset } = range.byteOffset % width === 0 ? range : range.slice();
  const length = (end - begin) / width;
  switch (dtype) {
    case "F64":
      return { dtype, shape, data: new Float64Array(buffer, byteOffset, length) };
    case "I64":
      return { dtype, shape, data: new BigInt64Array(buffer, byteOffset, length) };
    case "U64":
      return { dtype, shape, data: new BigUint64Array(buffer, byteOffset, length) };
    case "F32":
    case "C64":
      return { dtype, shape, data: new Float32Array(buffer, byteOffset, length) };
    case "I32":
      return { dtype, shape, data: new Int32Array(buffer, byteOffset, length) };
    case "U32":
      return { dtype, shape, data: new Uint32Array(buffer, byteOffset, length) };
    case "F16":
    case "BF16":
    case "U16":
      return { dtype, shape, data: new Uint16Array(buffer, byteOffset, length) };
    case "I16":
      return { dtype, shape, data: new Int16Array(buffer, byteOffset, length) };
    case "I8":
      return { dtype, shape, data: new Int8Array(buffer, byteOffset, length) };
    case "U8":
    case "BOOL":
    case "F8_E5M2":
    case "F8_E4M3":
    case "F8_E8M0":
    case "F8_E4M3FNUZ":
    case "F8_E5M2FNUZ":
    case "F6_E2M3":
    case "F6_E3M2":
    case "F4":
      return { dtype, shape, data: new Uint8Array(buffer, byteOffset, length) };
    default:
      return dtype satisfies never;
  }
}
