import { DataError } from "../device/errors.ts";

/** A parsed idx file. `data` is a view of the file's bytes, the last axis contiguous. */
export interface IdxArray {
  readonly shape: number[];
  readonly data: Uint8Array;
}

/** The third byte of an idx file; wgrad reads the first kind. */
const DTYPES: ReadonlyMap<number, string> = new Map([
  [0x08, "u8"],
  [0x09, "i8"],
  [0x0b, "i16"],
  [0x0c, "i32"],
  [0x0d, "f32"],
  [0x0e, "f64"],
]);
const U8 = 0x08;
const MAGIC_BYTES = 4;
const GZIP = 0x1f8b;

/**
 * Parses an idx file of bytes, the format of MNIST: two zero bytes, dtype, rank, then `rank` big-endian u32 sizes and
 * the elements in row-major order (Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits").
 *
 * @param name the file, for messages
 * @param rank the number of axes it has to have, if known
 * @throws DataError unless the file is whole, of dtype u8 and ends where its header says
 */
export function parseIdx(bytes: Uint8Array, name: string, rank?: number): IdxArray {
  const where = `idx(${name})`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const foundRank = parseMagic(view, where);
  if (rank !== undefined && foundRank !== rank) {
    throw new DataError({ where, problem: "wrong rank", got: String(foundRank), expected: String(rank) });
  }
  const headerBytes = MAGIC_BYTES + 4 * foundRank;
  if (bytes.byteLength < headerBytes) {
    throw new DataError({
      where,
      problem: "the file ends within its header",
      got: `${bytes.byteLength} bytes`,
      expected: `${headerBytes} bytes of header for rank ${foundRank}`,
    });
  }
  const shape = Array.from({ length: foundRank }, (_, axis) => view.getUint32(MAGIC_BYTES + 4 * axis));
  const elements = shape.reduce((product, size) => product * size, 1);
  const found = bytes.byteLength - headerBytes;
  if (found !== elements) {
    throw new DataError({
      where,
      problem: found < elements ? "the file is truncated" : "the file goes on after its last element",
      got: `${found} bytes of data`,
      expected: `${elements} for shape [${shape.join(", ")}]`,
    });
  }
  return { shape, data: bytes.subarray(headerBytes) };
}

/** Checks the first four bytes and returns the rank they give. */
function parseMagic(view: DataView, where: string): number {
  if (view.byteLength < MAGIC_BYTES) {
    throw new DataError({
      where,
      problem: "too short for an idx file",
      got: `${view.byteLength} bytes`,
      expected: `at least ${MAGIC_BYTES}`,
    });
  }
  const dtype = view.getUint8(2);
  const dtypeName = DTYPES.get(dtype);
  const rank = view.getUint8(3);
  if (view.getUint16(0) !== 0 || dtypeName === undefined || rank === 0) {
    throw new DataError({
      where,
      problem: "no idx file: wrong magic number",
      got: `0x${view.getUint32(0).toString(16).padStart(8, "0")}`,
      expected: "0x000008NN, NN = the rank, at least 1",
      hint: view.getUint16(0) === GZIP ? "it is compressed: unpack it with gunzip" : undefined,
    });
  }
  if (dtype !== U8) {
    throw new DataError({ where, problem: "unsupported dtype", got: dtypeName, expected: "u8" });
  }
  return rank;
}
