/**
 * The rules of safetensors a second time, in the plainest way, on `JSON.parse` and BigInt: shares nothing with the
 * reader that it judges.
 */

const bitsOf: Readonly<Record<string, bigint>> = {
  BOOL: 8n,
  F4: 4n,
  F6_E2M3: 6n,
  F6_E3M2: 6n,
  U8: 8n,
  I8: 8n,
  F8_E5M2: 8n,
  F8_E4M3: 8n,
  F8_E8M0: 8n,
  F8_E4M3FNUZ: 8n,
  F8_E5M2FNUZ: 8n,
  I16: 16n,
  U16: 16n,
  F16: 16n,
  BF16: 16n,
  I32: 32n,
  U32: 32n,
  F32: 32n,
  C64: 64n,
  F64: 64n,
  I64: 64n,
  U64: 64n,
};

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/gs;

/** The rule that a file breaks, or null where it breaks none. */
export function breaksRules(bytes: Uint8Array): string | null {
  if (bytes.length < 8) return "length";
  const length = Buffer.from(bytes.buffer, bytes.byteOffset, 8).readBigUInt64LE();
  if (length > 100_000_000n || length > BigInt(bytes.length - 8)) return "header length";
  const data = bytes.length - 8 - Number(length);
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(8, bytes.length - data),
    );
    header = JSON.parse(text);
  } catch {
    return "JSON";
  }
  if (!text.startsWith("{") || !isObject(header)) return "an object";
  const tokens = text.match(token) ?? [];
  if (tokens.some((word) => word.startsWith('"') && /\p{Surrogate}/u.test(String(JSON.parse(word)))))
    return "surrogates";
  // Once decoded, 1.0 and 1e0 look like 1: numbers are digits and nothing else.
  if (tokens.some((word) => /^[-+.\d]/.test(word) && !/^\d+$/.test(word))) return "numbers";
  if (tokens.some((word) => /^\d+$/.test(word) && BigInt(word) > 2n ** 53n - 1n)) return "size of numbers";
  if (hasKeyTwice(tokens)) return "keys";
  const ranges: [bigint, bigint][] = [];
  for (const [name, value] of Object.entries(header)) {
    const broken = name === "__metadata__" ? metadataRule(value) : tensorRule(value, BigInt(data), ranges);
    if (broken !== null) return broken;
  }
  ranges.sort(([a, b], [c, d]) => Number(a - c || b - d));
  let position = 0n;
  for (const [begin, end] of ranges) {
    if (begin !== position) return "ranges";
    position = end;
  }
  return position === BigInt(data) ? null : "the whole data";
}

function hasKeyTwice(tokens: readonly string[]): boolean {
  const open: Set<string>[] = [];
  return tokens.some((word, index) => {
    if (word === "{" || word === "[") open.push(new Set());
    if (word === "}" || word === "]") open.pop();
    if (!word.startsWith('"') || tokens[index + 1] !== ":") return false;
    const key = String(JSON.parse(word));
    const twice = open.at(-1)?.has(key) ?? false;
    open.at(-1)?.add(key);
    return twice;
  });
}

function metadataRule(value: unknown): string | null {
  const right = isObject(value) && Object.values(value).every((text) => typeof text === "string");
  return right ? null : "metadata";
}

function tensorRule(value: unknown, data: bigint, ranges: [bigint, bigint][]): string | null {
  if (!isObject(value)) return "a tensor";
  if (Object.keys(value).sort().join() !== "data_offsets,dtype,shape") return "fields";
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string" || !Object.hasOwn(bitsOf, dtype)) return "dtype";
  if (!isNumbers(shape) || shape.length > 64) return "shape";
  if (!isNumbers(offsets) || offsets.length !== 2) return "offsets";
  const [begin = 0n, end = 0n] = offsets.map(BigInt);
  if (begin > end || end > data) return "bounds";
  let bits = bitsOf[dtype] ?? 0n;
  for (const size of shape) {
    bits *= BigInt(size);
    if (bits >= 2n ** 53n) return "overflow";
  }
  if (bits % 8n !== 0n || bits / 8n !== end - begin) return "dtype and shape";
  ranges.push([begin, end]);
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => typeof size === "number");
