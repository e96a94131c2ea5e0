import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../src/device/errors.ts";
import {
  readSafetensors,
  type SafetensorsDtype,
  type SafetensorsTensor,
  writeSafetensors,
} from "../../src/training/safetensors.ts";

/** A file with this header and so many bytes of data, however wrong. */
function file(header: unknown, dataBytes: number): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
function fromBits(
  dtype: SafetensorsDtype,
  shape: readonly number[],
  bits: Uint32Array<ArrayBuffer>,
): SafetensorsTensor {
  switch (dtype) {
    case "F32":
      return { dtype, shape, data: new Float32Array(bits.buffer) };
    case "F16":
      return { dtype, shape, data: Uint16Array.from(bits) };
    case "U32":
      return { dtype, shape, data: bits };
    case "I32":
      return { dtype, shape, data: Int32Array.from(bits) };
    case "U8":
      return { dtype, shape, data: Uint8Array.from(bits) };
  }
}

const tensor: fc.Arbitrary<SafetensorsTensor> = fc
  .tuple(
    shapes,
    fc.constantFrom("F32" as const, "F16", "U32", "I32", "U8"),
    fc.infiniteStream(fc.nat({ max: 0xffffffff })),
  )
  .map(([shape, dtype, numbers]) => {
    const bits = Uint32Array.from({ length: count(shape) }, () => numbers.next().value ?? 0);
    return fromBits(dtype, shape, bits);
  });
const names = fc.oneof(fc.string(), fc.constantFrom("__proto__", "0", "weight", "é\u0000\u2028", "\ud800"));
const named = fc.uniqueArray(fc.tuple(names, tensor), { maxLength: 6, selector: ([name]) => name });

const bitsOf = ({ data }: SafetensorsTensor): number[] => [
  ...new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
];

describe("safetensors", () => {
  it("gives back what was written, bit by bit", () => {
    fc.assert(
      fc.property(named, fc.dictionary(names, fc.string()), (tensors, metadata) => {
        const bytes = writeSafetensors(tensors, metadata);
        const read = readSafetensors(bytes.buffer);
        expect(new Set(read.tensors.keys())).toEqual(new Set(tensors.map(([name]) => name)));
        for (const [name, written] of tensors) {
          const found = read.tensors.get(name);
          expect(found?.dtype).toBe(written.dtype);
          expect(found?.shape).toEqual(written.shape);
          expect(found && bitsOf(found)).toEqual(bitsOf(written));
          // Aligned, so that nothing was copied.
          expect(found?.data.buffer).toBe(bytes.buffer);
        }
        expect(Object.entries(read.metadata)).toEqual(Object.entries(metadata));
        expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it("writes the published layout", () => {
    const bytes = writeSafetensors([["a", { dtype: "F32", shape: [1], data: Float32Array.of(1) }]], {
      by: "wgrad",
    });
    const header = '{"__metadata__":{"by":"wgrad"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect([...bytes.subarray(0, 8)]).toEqual([padded.length, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + padded.length))).toBe(padded);
    expect([...bytes.subarray(8 + padded.length)]).toEqual([0, 0, 0x80, 0x3f]);
  });

  it("keeps the order of the names and reads an unaligned file from the middle of a buffer", () => {
    const header = {
      z: { dtype: "U8", shape: [3], data_offsets: [0, 3] },
      a: { dtype: "F32", shape: [], data_offsets: [3, 7] },
    };
    const bytes = file(header, 7);
    bytes.set([1, 2, 3, 0, 0, 0x80, 0x3f], bytes.length - 7);
    const larger = new Uint8Array(bytes.length + 9).fill(0xee);
    larger.set(bytes, 5);
    const { tensors, metadata } = readSafetensors(larger.subarray(5, 5 + bytes.length));
    expect([...tensors.keys()]).toEqual(["z", "a"]);
    expect(tensors.get("z")?.data).toEqual(Uint8Array.of(1, 2, 3));
    expect(tensors.get("a")?.data).toEqual(Float32Array.of(1));
    expect(metadata).toEqual({});
  });

  const u8 = (begin: unknown, end: unknown, shape: unknown = [4], dtype: unknown = "U8"): unknown => ({
    dtype,
    shape,
    data_offsets: [begin, end],
  });
  const broken: readonly [string, Uint8Array<ArrayBuffer>, RegExp][] = [
    ["an empty file", new Uint8Array(0), /too short.*got 0 bytes/],
    ["seven bytes", new Uint8Array(7), /too short/],
    ["a header past the end", file({}, 0).fill(3, 0, 1), /header length; got 3 bytes; expected at most 2/],
    ["a header of 2⁶³ bytes", file({}, 0).fill(0x80, 7, 8), /header length; got 9223372036854775810 bytes/],
    ["broken JSON", file('{"a":', 0), /no JSON/],
    ["broken UTF-8", file("{}", 0).fill(0xff, 8, 9), /no JSON/],
    ["an array", file([], 0), /no JSON object/],
    ["null", file(null, 0), /no JSON object/],
    ["an entry that is no object", file({ w: 3 }, 0), /tensor w\): unsupported dtype/],
    ["an unknown dtype", file({ w: u8(0, 8, [1], "F64") }, 8), /tensor w\).*got "F64"; expected F32, F16/],
    ["an inherited dtype", file({ w: u8(0, 8, [1], "toString") }, 8), /unsupported dtype/],
    ["a negative size", file({ w: u8(0, 4, [-4]) }, 4), /wrong shape; got \[-4\]/],
    ["a fractional size", file({ w: u8(0, 4, [0.5, 8]) }, 4), /wrong shape/],
    ["no shape", file({ w: u8(0, 4, null) }, 4), /wrong shape; got null/],
    ["offsets past the end", file({ w: u8(0, 5, [5]) }, 4), /out of bounds; got \[0,5\].*4 bytes/],
    ["reversed offsets", file({ w: u8(4, 0) }, 4), /out of bounds/],
    ["negative offsets", file({ w: u8(-4, 0) }, 4), /out of bounds/],
    ["offsets of another type", file({ w: u8("0", 4) }, 4), /out of bounds/],
    ["one offset", file({ w: { dtype: "U8", shape: [4], data_offsets: [4] } }, 4), /out of bounds/],
    [
      "too little data",
      file({ w: u8(0, 4, [5]) }, 4),
      /tensor w\): the data does not fit.*4 bytes; expected 5/,
    ],
    ["four bytes of U8 as F32 [4]", file({ w: u8(0, 4, [4], "F32") }, 4), /expected 16 for F32 \[4\]/],
    ["an absurd shape", file({ w: u8(0, 4, [2 ** 52, 2 ** 52]) }, 4), /does not fit the shape/],
    ["overlap", file({ v: u8(0, 4), w: u8(3, 7) }, 7), /tensor v and tensor w overlap/],
    ["two tensors at one place", file({ v: u8(0, 4), w: u8(0, 4) }, 4), /tensor v and tensor w overlap/],
    [
      "a gap",
      file({ v: u8(0, 4), w: u8(5, 9) }, 9),
      /gap between tensor v and tensor w; got byte 5; expected byte 4/,
    ],
    ["a gap in front", file({ v: u8(1, 5) }, 5), /gap between the start/],
    [
      "a name used twice",
      file(
        '{"v":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"v":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}',
        2,
      ),
      /gap/,
    ],
    ["trailing data", file({ v: u8(0, 4) }, 6), /gap between tensor v and the end of the file; got byte 6/],
    ["metadata of numbers", file({ __metadata__: { a: 1 } }, 0), /metadata is no map of strings/],
    ["metadata in a list", file({ __metadata__: ["a"] }, 0), /metadata is no map of strings/],
  ];
  it.each(broken)("refuses %s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes, "file.safetensors")).toThrow(CheckpointError);
    expect(() => readSafetensors(bytes, "file.safetensors")).toThrow(message);
    expect(() => readSafetensors(bytes, "file.safetensors")).toThrow("safetensors(file.safetensors");
  });

  it("refuses every cut of a good file, and never throws anything else on a changed byte", () => {
    const good = writeSafetensors([
      ["weight", { dtype: "F32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
      ["mask", { dtype: "U8", shape: [3], data: Uint8Array.of(1, 0, 1) }],
    ]);
    for (let length = 0; length < good.length; length++) {
      expect(() => readSafetensors(good.slice(0, length))).toThrow(CheckpointError);
    }
    const position = fc.nat({ max: good.length - 1 });
    fc.assert(
      fc.property(position, fc.nat({ max: 255 }), (at, byte) => {
        const changed = good.slice();
        changed[at] = byte;
        try {
          readSafetensors(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("refuses to write what could not be read", () => {
    const one: SafetensorsTensor = { dtype: "F32", shape: [1], data: Float32Array.of(1) };
    expect(() =>
      writeSafetensors([
        ["w", one],
        ["w", { dtype: "U8", shape: [1], data: Uint8Array.of(1) }],
      ]),
    ).toThrow(/writeSafetensors\(w\): two tensors have this name/);
    expect(() => writeSafetensors([["__metadata__", one]])).toThrow(/reserved/);
    expect(() => writeSafetensors([["w", { ...one, shape: [2] }]])).toThrow(
      /1 elements; expected shape \[2\]/,
    );
    expect(() => writeSafetensors([["w", { ...one, shape: [-1, -1] }]])).toThrow(CheckpointError);
    const wrong = { ...one, data: new Float64Array(1) } as unknown as SafetensorsTensor;
    expect(() => writeSafetensors([["w", wrong]])).toThrow(
      /wrong array for F32; got Float64Array; expected Float32Array/,
    );
    const unknown = { ...one, dtype: "F64" } as unknown as SafetensorsTensor;
    expect(() => writeSafetensors([["w", unknown]])).toThrow(/unsupported dtype; got F64/);
  });
});
