import { CheckpointError } from "../../device/errors.ts";
import type { HeaderEntry, SafetensorsTensor } from "./format.ts";
import {
  arrays,
  byteLength,
  isDtype,
  isWellFormed,
  lengthBytes,
  maxHeaderBytes,
  metadataName,
} from "./format.ts";

type Named = readonly [name: string, tensor: SafetensorsTensor];

/**
 * The bytes of a file with these tensors. Wide elements come first and the data begins at a multiple of 8, so that all
 * of them are aligned.
 *
 * @throws CheckpointError for a name used twice or reserved, data that does not fit its dtype and shape, or text that
 * UTF-8 cannot hold
 */
export function writeSafetensors(
  tensors: Iterable<Named>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const named = [...tensors];
  checkWritable(named, metadata);
  const { placed, dataBytes } = place(named);
  const entries: [string, unknown][] = named.map(([name]) => [name, placed.get(name)]);
  if (Object.keys(metadata).length > 0) entries.unshift([metadataName, metadata]);
  const header = new TextEncoder().encode(headerText(entries));
  const dataStart = lengthBytes + Math.ceil(header.length / 8) * 8;
  if (dataStart - lengthBytes > maxHeaderBytes) {
    const got = `${header.length} bytes`;
    const expected = `at most ${maxHeaderBytes}`;
    throw new CheckpointError({
      where: "writeSafetensors",
      problem: "the header is too long",
      got,
      expected,
    });
  }
  const bytes = new Uint8Array(dataStart + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - lengthBytes), true);
  bytes.fill(0x20, lengthBytes, dataStart);
  bytes.set(header, lengthBytes);
  for (const [name, { data }] of named) {
    const begin = placed.get(name)?.begin ?? 0;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataStart + begin);
  }
  return bytes;
}

function place(named: readonly Named[]): { placed: ReadonlyMap<string, HeaderEntry>; dataBytes: number } {
  const placed = new Map<string, HeaderEntry>();
  let dataBytes = 0;
  for (const width of [8, 4, 2, 1]) {
    for (const [name, { dtype, shape, data }] of named) {
      if (data.BYTES_PER_ELEMENT !== width) continue;
      placed.set(name, { dtype, shape, begin: dataBytes, end: dataBytes + data.byteLength });
      dataBytes += data.byteLength;
    }
  }
  return { placed, dataBytes };
}

/** In the order of the entries, which an object would not keep for names that are numbers. */
function headerText(entries: readonly [string, unknown][]): string {
  const isEntry = (value: unknown): value is HeaderEntry =>
    typeof value === "object" && value !== null && "begin" in value && typeof value.begin === "number";
  const members = entries.map(([name, value]) => {
    const written =
      name !== metadataName && isEntry(value)
        ? { dtype: value.dtype, shape: value.shape, data_offsets: [value.begin, value.end] }
        : value;
    return `${JSON.stringify(name)}:${JSON.stringify(written)}`;
  });
  return `{${members.join(",")}}`;
}

function checkWritable(tensors: readonly Named[], metadata: Readonly<Record<string, string>>): void {
  const names = new Set<string>();
  for (const [name, tensor] of tensors) {
    const where = `writeSafetensors(${name})`;
    if (name === metadataName) throw new CheckpointError({ where, problem: "the name is reserved" });
    if (names.has(name)) throw new CheckpointError({ where, problem: "two tensors have this name" });
    names.add(name);
    expectWellFormed(name, where);
    checkTensor(tensor, where);
  }
  for (const text of Object.entries(metadata).flat()) expectWellFormed(text, "writeSafetensors(metadata)");
}

function checkTensor({ dtype, shape, data }: SafetensorsTensor, where: string): void {
  if (!isDtype(dtype)) throw new CheckpointError({ where, problem: "unknown dtype", got: String(dtype) });
  if (!(data instanceof arrays[dtype])) {
    const got = Object.prototype.toString.call(data).slice(8, -1);
    const expected = arrays[dtype].name;
    throw new CheckpointError({ where, problem: `wrong array for ${dtype}`, got, expected });
  }
  const sizes = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (sizes && byteLength(dtype, shape) === data.byteLength) return;
  throw new CheckpointError({
    where,
    problem: "data and shape do not fit each other",
    got: `${data.length} elements`,
    expected: `${dtype} [${shape.join(", ")}]`,
  });
}

function expectWellFormed(text: string, where: string): void {
  if (isWellFormed(text)) return;
  throw new CheckpointError({ where, problem: "half a surrogate pair, which UTF-8 cannot hold" });
}
