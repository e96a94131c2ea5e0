/** What reader and writer of safetensors share. */

/** Bytes in front of the header: its length, a u64. */
export const lengthBytes = 8;
/** The limit of the reference implementation: a longer header is an attack or a mistake. */
export const maxHeaderBytes = 100_000_000;
/** The one name that is no tensor's. */
export const metadataName = "__metadata__";

/** Bits of an element. Those below a byte are packed; a tensor of them has to fill whole bytes. */
export const elementBits = {
  F64: 64,
  I64: 64,
  U64: 64,
  C64: 64,
  F32: 32,
  I32: 32,
  U32: 32,
  F16: 16,
  BF16: 16,
  I16: 16,
  U16: 16,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I8: 8,
  U8: 8,
  BOOL: 8,
  F6_E2M3: 6,
  F6_E3M2: 6,
  F4: 4,
} as const;

export type SafetensorsDtype = keyof typeof elementBits;

/** Arrays that hold tensors: of a dtype's own numbers, or of their bits where JavaScript has no such numbers. */
export const arrays = {
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  C64: Float32Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I16: Int16Array,
  U16: Uint16Array,
  F8_E5M2: Uint8Array,
  F8_E4M3: Uint8Array,
  F8_E8M0: Uint8Array,
  F8_E4M3FNUZ: Uint8Array,
  F8_E5M2FNUZ: Uint8Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
  F6_E2M3: Uint8Array,
  F6_E3M2: Uint8Array,
  F4: Uint8Array,
} as const satisfies Record<SafetensorsDtype, unknown>;

interface Stored<D extends SafetensorsDtype, A> {
  readonly dtype: D;
  readonly shape: readonly number[];
  /** The elements in row-major order. */
  readonly data: A;
}

/**
 * A tensor in host memory. F16, BF16 and what is smaller are passed through as bits; C64 are pairs of a real and an
 * imaginary part.
 */
export type SafetensorsTensor =
  | Stored<"F64", Float64Array>
  | Stored<"I64", BigInt64Array>
  | Stored<"U64", BigUint64Array>
  | Stored<"F32" | "C64", Float32Array>
  | Stored<"I32", Int32Array>
  | Stored<"U32", Uint32Array>
  | Stored<"F16" | "BF16" | "U16", Uint16Array>
  | Stored<"I16", Int16Array>
  | Stored<"I8", Int8Array>
  | Stored<
      | "U8"
      | "BOOL"
      | "F8_E5M2"
      | "F8_E4M3"
      | "F8_E8M0"
      | "F8_E4M3FNUZ"
      | "F8_E5M2FNUZ"
      | "F6_E2M3"
      | "F6_E3M2"
      | "F4",
      Uint8Array
    >;

/** A tensor as the header has it. */
export interface HeaderEntry {
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** In the data after the header. */
  readonly begin: number;
  readonly end: number;
}

export function isDtype(value: unknown): value is SafetensorsDtype {
  return typeof value === "string" && Object.hasOwn(elementBits, value);
}

/** Bytes of a tensor; undefined where they are no whole number, or more than can be counted. */
export function byteLength(dtype: SafetensorsDtype, shape: readonly number[]): number | undefined {
  let bits: number = elementBits[dtype];
  for (const size of shape) {
    bits *= size;
    // From here on products would be rounded: nothing that large is in any file.
    if (bits > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return bits % 8 === 0 ? bits / 8 : undefined;
}

/** A name as messages show it. */
export const shown = (name: string): string => (name.length > 80 ? `${name.slice(0, 80)}…` : name);

/** Whether a string can be written in UTF-8: half a surrogate pair cannot. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
