import { CheckpointError } from "../../device/errors.ts";
import type { HeaderEntry } from "./format.ts";
import { byteLength, elementBits, isDtype, metadataName, shown } from "./format.ts";
import { JsonBytes } from "./json_bytes.ts";

/** As many as any library has; without a limit, a header could ask for more memory than it takes itself. */
const maxAxes = 64;

export interface Header {
  /** By name, in the header's order. */
  readonly entries: ReadonlyMap<string, HeaderEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the header and asks of each tensor by itself what the format asks.
 * @param dataBytes after the header
 * @throws CheckpointError
 */
export function parseHeader(bytes: Uint8Array, dataBytes: number, file: string): Header {
  const where = `safetensors(${file})`;
  // The reference wants it at the very first byte.
  if (bytes[0] !== 0x7b) throw new CheckpointError({ where, problem: "the header is no JSON object" });
  const json = new JsonBytes(bytes, where);
  const entries = new Map<string, HeaderEntry>();
  let metadata: Record<string, string> = {};
  json.object((name) => {
    if (name === metadataName) metadata = readMetadata(json);
    else entries.set(name, readEntry(json, dataBytes, `safetensors(${file}, tensor ${shown(name)})`));
  });
  json.end();
  return { entries, metadata };
}

function readMetadata(json: JsonBytes): Record<string, string> {
  const entries: [string, string][] = [];
  json.object((key) => entries.push([key, json.string()]));
  return Object.fromEntries(entries);
}

function readEntry(json: JsonBytes, dataBytes: number, where: string): HeaderEntry {
  let dtype: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  json.object((field) => {
    if (field === "dtype") dtype = json.string();
    else if (field === "shape") shape = json.integers(maxAxes);
    else if (field === "data_offsets") offsets = json.integers(2);
    else json.fail(`unknown field "${shown(field)}" of a tensor`);
  });
  if (dtype === undefined) throw new CheckpointError({ where, problem: "the tensor has no dtype" });
  if (shape === undefined) throw new CheckpointError({ where, problem: "the tensor has no shape" });
  if (offsets === undefined) throw new CheckpointError({ where, problem: "the tensor has no data_offsets" });
  if (!isDtype(dtype)) {
    const expected = Object.keys(elementBits).join(", ");
    throw new CheckpointError({ where, problem: "unknown dtype", got: shown(dtype), expected });
  }
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || begin > end || end > dataBytes) {
    throw new CheckpointError({
      where,
      problem: "data_offsets out of bounds",
      got: JSON.stringify(offsets),
      expected: `[begin, end] within ${dataBytes} bytes of data`,
    });
  }
  const expected = byteLength(dtype, shape);
  if (end - begin !== expected) {
    const wanted = expected === undefined ? "no whole number of bytes, or far too many," : String(expected);
    throw new CheckpointError({
      where,
      problem: "the data does not fit the shape",
      got: `${end - begin} bytes`,
      expected: `${wanted} for ${dtype} [${shape.join(", ")}]`,
    });
  }
  return { dtype, shape, begin, end };
}
