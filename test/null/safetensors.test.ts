import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../src/device/errors.ts";
import { elementBits } from "../../src/training/safetensors/format.ts";
import {
  readSafetensors,
  type SafetensorsDtype,
  type SafetensorsTensor,
  toFloat32,
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
/** Any bits as a tensor of a dtype: read from a file made by hand, so that the reader and not this test knows arrays. */
function fromBits(dtype: SafetensorsDtype, shape: readonly number[], bits: Uint8Array): SafetensorsTensor {
  const bytes = (count(shape) * elementBits[dtype]) / 8;
  const whole = file({ w: { dtype, shape, data_offsets: [0, bytes] } }, bytes);
  whole.set(bits.subarray(0, bytes), whole.length - bytes);
  const tensor = readSafetensors(whole).tensors.get("w");
  if (!tensor) throw new Error("the tensor is not there");
  return tensor;
}

const dtypes = Object.keys(elementBits).filter((name): name is SafetensorsDtype => name in elementBits);
const tensor: fc.Arbitrary<SafetensorsTensor> = fc
  .tuple(shapes, fc.constantFrom(...dtypes), fc.uint8Array({ minLength: 512, maxLength: 512 }))
  .map(([sizes, dtype, bits]) => {
    // What is packed has to fill bytes.
    const shape = elementBits[dtype] % 8 === 0 ? sizes : [...sizes, 4];
    return fromBits(dtype, shape.slice(-3), bits);
  });
const names = fc.oneof(fc.string(), fc.constantFrom("__proto__", "0", "weight", "é\u0000\u2028😀", '"\\'));
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

  it("refuses to write what could not be read", () => {
    const one: SafetensorsTensor = { dtype: "F32", shape: [1], data: Float32Array.of(1) };
    expect(() =>
      writeSafetensors([
        ["w", one],
        ["w", { dtype: "U8", shape: [1], data: Uint8Array.of(1) }],
      ]),
    ).toThrow(/writeSafetensors\(w\): two tensors have this name/);
    expect(() => writeSafetensors([["__metadata__", one]])).toThrow(/reserved/);
    expect(() => writeSafetensors([["w", { ...one, shape: [2] }]])).toThrow(/1 elements; expected F32 \[2\]/);
    expect(() => writeSafetensors([["w", { ...one, shape: [-1, -1] }]])).toThrow(CheckpointError);
    const wrong = { ...one, data: new Float64Array(1) } as unknown as SafetensorsTensor;
    expect(() => writeSafetensors([["w", wrong]])).toThrow(
      /wrong array for F32; got Float64Array; expected Float32Array/,
    );
    const unknown = { ...one, dtype: "F128" } as unknown as SafetensorsTensor;
    expect(() => writeSafetensors([["w", unknown]])).toThrow(/unknown dtype; got F128/);
    expect(() => writeSafetensors([["\ud800", one]])).toThrow(/surrogate/);
    expect(() => writeSafetensors([], { key: "\udc00" })).toThrow(/surrogate/);
  });

  it("takes what the rules allow: blanks, scalars, empty tensors, any order of ranges and fields, escapes", () => {
    const text = `{ "b" :\r\n{"shape":[], "data_offsets":[4,\t8], "dtype":"F32"},"\\u0061\\ud83d\\ude00":
      {"dtype":"U8","shape":[4],"data_offsets":[0,4]},"e":{"dtype":"F64","shape":[3,0],"data_offsets":[4,4]} } `;
    const { tensors } = readSafetensors(file(text, 8));
    expect([...tensors].map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
      ["b", "F32", []],
      ["a😀", "U8", [4]],
      ["e", "F64", [3, 0]],
    ]);
    expect(readSafetensors(file("{}", 0)).tensors.size).toBe(0);
  });

  it("gives weights as f32 from every float dtype, and no others", () => {
    const floats = (dtype: SafetensorsDtype, ...bytes: number[]) =>
      toFloat32(fromBits(dtype, [bytes.length / (elementBits[dtype] / 8)], Uint8Array.from(bytes)));
    expect([...floats("F32", 0, 0, 0x80, 0x3f)]).toEqual([1]);
    expect([...floats("BF16", 0x80, 0x3f, 0x49, 0xc0, 0x80, 0x7f)]).toEqual([
      1,
      -3.140625,
      Number.POSITIVE_INFINITY,
    ]);
    expect([...floats("F16", 0, 0x3c, 1, 0, 0, 0xfc)]).toEqual([1, 2 ** -24, Number.NEGATIVE_INFINITY]);
    expect([...floats("F64", 0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f)]).toEqual([Math.fround(0.1)]);
    expect(() => floats("I32", 0, 0, 0, 0)).toThrow(/no dtype of weights; got I32; expected F32, F64/);
  });
});
