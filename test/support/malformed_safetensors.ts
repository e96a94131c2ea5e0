import { elementBits } from "../../src/training/safetensors/format.ts";

/** A file that breaks a rule of the format, and what its refusal says. */
export interface Malformed {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly reason: RegExp;
}

type Header = string | Uint8Array | object | null;

/** A file with this header, given as text, as bytes or as what is to be JSON, and so many bytes of data. */
export function fileOf(header: Header, dataBytes = 0, headerLength?: bigint): Uint8Array<ArrayBuffer> {
  const text =
    header instanceof Uint8Array ? "" : typeof header === "string" ? header : JSON.stringify(header);
  const json = header instanceof Uint8Array ? header : new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, headerLength ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

/** A tensor of the header, with any text in place of its values. */
const tensorText = (dtype = '"U8"', shape = "[4]", offsets = "[0,4]"): string =>
  `{"w":{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}}`;

const u8 = (begin: number, end: number, shape: readonly number[] = [end - begin]) => ({
  dtype: "U8",
  shape,
  data_offsets: [begin, end],
});

const good = fileOf({ w: u8(0, 4), v: u8(4, 6) }, 6);

function* cuts(): Generator<Malformed> {
  for (let length = 0; length < 8; length++)
    yield { name: `cut to ${length} bytes`, bytes: good.slice(0, length), reason: /too short/ };
  for (const length of [8, 9, 20, 40, good.length - 7])
    yield { name: `cut to ${length} bytes`, bytes: good.slice(0, length), reason: /wrong header length/ };
  for (let length = good.length - 6; length < good.length; length++)
    yield { name: `cut to ${length} bytes`, bytes: good.slice(0, length), reason: /out of bounds/ };
  for (const more of [1, 8, 4096]) {
    const longer = new Uint8Array(good.length + more);
    longer.set(good);
    yield { name: `${more} bytes too many`, bytes: longer, reason: /a gap between tensor v and the end/ };
  }
}

function* headerLengths(): Generator<Malformed> {
  const lengths = [3n, 4n, 255n, 100_000_001n, 2n ** 31n, 2n ** 32n, 2n ** 32n + 2n, 2n ** 53n, 2n ** 63n];
  for (const length of [...lengths, 2n ** 64n - 8n, 2n ** 64n - 1n]) {
    const bytes = fileOf("{}", 0, length);
    yield { name: `header length ${length}`, bytes, reason: /wrong header length/ };
  }
  yield { name: "header length 0", bytes: fileOf(""), reason: /no JSON object/ };
  yield { name: "header length 0 before data", bytes: fileOf("{}", 4, 0n), reason: /no JSON object/ };
  yield { name: "header length 1", bytes: fileOf("{}", 0, 1n), reason: /got the end/ };
}

function* starts(): Generator<Malformed> {
  const texts = [
    " {}",
    "\n{}",
    "\t{}",
    "\r{}",
    "\ufeff{}",
    "[]",
    "[{}]",
    '"{}"',
    "null",
    "true",
    "0",
    "}",
    "x{}",
  ];
  for (const text of texts) {
    const name = `a header that begins with ${JSON.stringify(text.slice(0, 1))}: ${JSON.stringify(text)}`;
    yield { name, bytes: fileOf(text), reason: /no JSON object/ };
  }
}

function* syntax(): Generator<Malformed> {
  const texts = [
    "{",
    "{ ",
    "{}}",
    "{}{}",
    "{} x",
    "{}\u0000",
    "{},",
    "{,}",
    '{"w"}',
    '{"w":}',
    '{"w":null}',
    '{"w":3}',
    '{"w":"U8"}',
    '{"w":true}',
    '{"w":[]}',
    "{w:{}}",
    "{'w':{}}",
    "{3:{}}",
    "{null:{}}",
    '{"w" {}}',
    '{"w"={}}',
    "{/* */}",
    "{// \n}",
    '{"w":{',
    tensorText().slice(0, -1),
    tensorText().slice(0, -2),
    tensorText().replace("}}", "},}"),
    tensorText().replace("}}", "}}]"),
    tensorText().replace(',"shape"', ' "shape"'),
    tensorText().replace(',"shape"', ',,"shape"'),
    tensorText().replace(',"shape"', ';"shape"'),
    tensorText().replace("]}}", "],}}"),
    tensorText('"U8"', "[4"),
    tensorText('"U8"', "[4,]"),
    tensorText('"U8"', "[,4]"),
    tensorText('"U8"', "[4 1]"),
    tensorText('"U8"', "(4)"),
    tensorText('"U8"', '{"0":4}'),
    tensorText('"U8"', '"4"'),
    tensorText('"U8"', "4"),
    tensorText('"U8"', "null"),
    tensorText('"U8"', "[[4]]"),
    tensorText('"U8"', "[4]", "[0,4"),
    tensorText('"U8"', "[4]", "4"),
    tensorText('"U8"', "[4]", '"0,4"'),
    tensorText('"U8"', "[4]", '{"begin":0,"end":4}'),
    tensorText("U8"),
    tensorText("'U8'"),
    tensorText("8"),
    tensorText("null"),
    tensorText('["U8"]'),
  ];
  for (const text of texts)
    yield { name: `syntax: ${text}`, bytes: fileOf(text, 4), reason: /no JSON of this form/ };
  const deep = `{"w":${"[".repeat(100_000)}`;
  yield { name: "100,000 brackets", bytes: fileOf(deep), reason: /no JSON of this form.*got \[/ };
  const deeper = '{"w":'.repeat(50_000);
  yield { name: "50,000 objects in each other", bytes: fileOf(deeper), reason: /unknown field "w"/ };
  const ends = ['{"w', '{"w":{"dtype":"U8', '{"\\', '{"w\\"'];
  for (const text of ends)
    yield { name: `ends in a string: ${text}`, bytes: fileOf(text, 0), reason: /ends within a string/ };
}

function* strings(): Generator<Malformed> {
  const withName = (...name: number[]): Uint8Array => {
    const parts = ['{"', '":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}'].map((part) =>
      Buffer.from(part),
    );
    return Buffer.concat([parts[0] ?? Buffer.of(), Buffer.from(name), parts[1] ?? Buffer.of()]);
  };
  const sequences: readonly (readonly number[])[] = [
    [0x80],
    [0xbf],
    [0xc0, 0x80],
    [0xc1, 0xbf],
    [0xc3],
    [0xe0, 0x80, 0x80],
    [0xe2, 0x82],
    [0xed, 0xa0, 0x80],
    [0xed, 0xbf, 0xbf],
    [0xf0, 0x9f, 0x98],
    [0xf0, 0x80, 0x80, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
    [0xfe],
    [0xff],
  ];
  for (const sequence of sequences) {
    const name = `a name of bytes ${sequence.map((byte) => byte.toString(16)).join(" ")}`;
    yield { name, bytes: fileOf(withName(...sequence), 4), reason: /no UTF-8/ };
  }
  for (let byte = 0; byte < 0x20; byte++) {
    const name = `a name with the control character ${byte}`;
    yield { name, bytes: fileOf(withName(0x77, byte), 4), reason: /control character/ };
  }
  for (const text of ["\\x41", "\\a", "\\'", "\\0", "\\u12", "\\u12g4", "\\U0041", "\\u", "\\ ", "\\😀"]) {
    const name = `a name with the escape ${text}`;
    yield { name, bytes: fileOf(withName(...Buffer.from(text)), 4), reason: /unknown escape/ };
  }
  for (const text of ["\\ud800", "\\udc00", "\\ud83dx", "\\ude00\\ud83d", "\\uD83D\\u0041"]) {
    const name = `a name with half a pair, ${text}`;
    yield { name, bytes: fileOf(withName(...Buffer.from(text)), 4), reason: /half a surrogate pair/ };
  }
}

function* numbers(): Generator<Malformed> {
  const tooLarge = /too large/;
  const other = /no JSON of this form/;
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["-1", other],
    ["-0", other],
    ["+1", other],
    ["1.0", other],
    ["1.5", other],
    ["1e0", other],
    ["1E1", other],
    [".5", other],
    ["0x1", other],
    ["1_0", other],
    ["1n", other],
    ['"1"', other],
    ["null", other],
    ["true", other],
    ["[]", other],
    ["{}", other],
    ["NaN", other],
    ["Infinity", other],
    ["", other],
    ["00", /leading zero/],
    ["01", /leading zero/],
    ["9007199254740992", tooLarge],
    ["18446744073709551616", tooLarge],
    ["9".repeat(400), tooLarge],
  ];
  const places: readonly (readonly [string, (text: string) => string])[] = [
    ["a size", (text) => tensorText('"U8"', `[${text || ","}]`)],
    ["a begin", (text) => tensorText('"U8"', "[4]", `[${text},4]`)],
    ["an end", (text) => tensorText('"U8"', "[4]", `[0,${text}]`)],
  ];
  for (const [place, textOf] of places)
    for (const [text, reason] of wrong)
      yield { name: `${place} of ${text.slice(0, 30)}`, bytes: fileOf(textOf(text), 4), reason };
}

function* dtypes(): Generator<Malformed> {
  const unknown = [
    "",
    "u8",
    "f32",
    "F32 ",
    " F32",
    "float32",
    "F8",
    "F128",
    "I4",
    "INT8",
    "BFLOAT16",
    "C128",
  ];
  for (const dtype of [...unknown, "toString", "__proto__", "constructor", "hasOwnProperty", "U8\u0000"])
    yield {
      name: `dtype ${JSON.stringify(dtype)}`,
      bytes: fileOf({ w: { dtype, shape: [4], data_offsets: [0, 4] } }, 4),
      reason: /tensor w\): unknown dtype/,
    };
  for (const [dtype, bits] of Object.entries(elementBits)) {
    const bytes = (8 * bits) / 8;
    for (const change of [-1, 1])
      yield {
        name: `8 of ${dtype} in ${bytes + change} bytes`,
        bytes: fileOf({ w: { dtype, shape: [2, 4], data_offsets: [0, bytes + change] } }, bytes + change),
        reason: /data does not fit the shape/,
      };
    if (bits % 8 === 0) continue;
    for (const size of [0, 1])
      yield {
        name: `1 of ${dtype} in ${size} bytes`,
        bytes: fileOf({ w: { dtype, shape: [1], data_offsets: [0, size] } }, size),
        reason: /no whole number of bytes/,
      };
  }
}

function* fields(): Generator<Malformed> {
  const all = { dtype: "U8", shape: [4], data_offsets: [0, 4] };
  const names = ["dtype", "shape", "data_offsets"] as const;
  for (let kept = 0; kept < 7; kept++) {
    const some = Object.fromEntries(
      names.filter((_, bit) => kept & (1 << bit)).map((name) => [name, all[name]]),
    );
    const listed = Object.keys(some).join(", ") || "no field";
    yield { name: `a tensor with ${listed}`, bytes: fileOf({ w: some }, 4), reason: /the tensor has no / };
  }
  for (const name of names) {
    const twice = tensorText().replace("}}", `,"${name}":${JSON.stringify(all[name])}}}`);
    yield { name: `${name} twice`, bytes: fileOf(twice, 4), reason: /stands twice/ };
  }
  for (const name of ["offsets", "Dtype", "strides", "", "__metadata__", "__proto__"]) {
    const more = tensorText().replace("}}", `,"${name}":[0]}}`);
    yield { name: `a field "${name}"`, bytes: fileOf(more, 4), reason: /unknown field/ };
  }
  const entry = '{"dtype":"U8","shape":[2],"data_offsets":[0,2]}';
  const other = entry.replace("[0,2]", "[2,4]");
  for (const [name, header] of [
    ["a name twice", `{"w":${entry},"w":${other}}`],
    ["a name twice, once as an escape", `{"w":${entry},"\\u0077":${other}}`],
    ["a name twice, with the same range", `{"w":${entry},"w":${entry}}`],
    ["__proto__ twice", `{"__proto__":${entry},"__proto__":${other}}`],
    ["metadata twice", `{"__metadata__":{},"__metadata__":{},"w":${entry},"v":${other}}`],
    ["a dtype twice, once as an escape", tensorText().replace("}}", ',"\\u0064type":"U8"}}')],
  ] as const)
    yield { name, bytes: fileOf(header, 4), reason: /stands twice/ };
}

function* ranges(): Generator<Malformed> {
  const cases: readonly (readonly [string, object, number, RegExp])[] = [
    ["an overlap of one byte", { v: u8(0, 4), w: u8(3, 7) }, 7, /tensor v and tensor w overlap/],
    ["two tensors at one place", { v: u8(0, 4), w: u8(0, 4) }, 4, /tensor v and tensor w overlap/],
    ["one inside another", { v: u8(0, 8), w: u8(2, 4) }, 8, /tensor v and tensor w overlap/],
    ["an empty one inside another", { v: u8(0, 8), w: u8(4, 4) }, 8, /tensor v and tensor w overlap/],
    ["an overlap in another order", { v: u8(3, 7), w: u8(0, 4) }, 7, /tensor w and tensor v overlap/],
    ["a gap of one byte", { v: u8(0, 4), w: u8(5, 9) }, 9, /a gap between tensor v and tensor w/],
    ["a gap around an empty tensor", { v: u8(0, 4), w: u8(5, 5), x: u8(6, 8) }, 8, /a gap between/],
    ["a gap in front", { v: u8(1, 5) }, 5, /a gap between the start of the data and tensor v/],
    ["a gap at the end", { v: u8(0, 4) }, 5, /a gap between tensor v and the end of the file/],
    ["data without a tensor", {}, 1, /a gap between the start of the data and the end/],
    ["data with an empty tensor", { v: u8(0, 0) }, 1, /a gap between tensor v and the end/],
    ["data with metadata alone", { __metadata__: { a: "b" } }, 9, /a gap between the start/],
    ["a range past the end", { v: u8(0, 5) }, 4, /out of bounds; got \[0,5\].*4 bytes/],
    ["a range that begins past the end", { v: u8(5, 5) }, 4, /out of bounds/],
    ["a range far past the end", { v: u8(0, 2 ** 52) }, 4, /out of bounds/],
    ["a reversed range", { v: u8(4, 0, [4]) }, 4, /out of bounds/],
    ["no offsets", { v: { dtype: "U8", shape: [], data_offsets: [] } }, 1, /out of bounds/],
    ["one offset", { v: { dtype: "U8", shape: [4], data_offsets: [4] } }, 4, /out of bounds/],
    ["three offsets", { v: { dtype: "U8", shape: [4], data_offsets: [0, 4, 4] } }, 4, /more than 2 numbers/],
    ["too few bytes", { v: u8(0, 4, [5]) }, 4, /fit the shape; got 4 bytes; expected 5/],
    ["too many bytes", { v: u8(0, 4, [3]) }, 4, /fit the shape; got 4 bytes; expected 3/],
    ["a scalar of four bytes", { v: u8(0, 4, []) }, 4, /fit the shape; got 4 bytes; expected 1/],
    ["an empty tensor with bytes", { v: u8(0, 4, [4, 0]) }, 4, /fit the shape; got 4 bytes; expected 0/],
    ["a size of 2⁵²", { v: u8(0, 4, [2 ** 52]) }, 4, /fit the shape/],
    ["sizes whose product is 2⁶⁴ + 4", { v: u8(0, 4, [2 ** 32, 2 ** 32]) }, 4, /far too many/],
    ["sizes whose product is 2¹⁰⁴", { v: u8(0, 4, [2 ** 52, 2 ** 52]) }, 4, /far too many/],
    ["sizes whose product is infinite", { v: u8(0, 4, Array(40).fill(2 ** 52)) }, 4, /far too many/],
    ["65 axes", { v: u8(0, 1, Array(65).fill(1)) }, 1, /more than 64 numbers/],
  ];
  for (const [name, header, dataBytes, reason] of cases)
    yield { name, bytes: fileOf(header, dataBytes), reason };
}

function* metadata(): Generator<Malformed> {
  const form = /no JSON of this form/;
  const values = ["null", "3", "true", '"text"', "[]", '["a"]'];
  for (const value of values)
    yield { name: `metadata of ${value}`, bytes: fileOf(`{"__metadata__":${value}}`), reason: form };
  for (const value of ["1", "null", "true", "{}", "[]", '{"b":"c"}'])
    yield { name: `metadata a: ${value}`, bytes: fileOf(`{"__metadata__":{"a":${value}}}`), reason: form };
  const twice = '{"__metadata__":{"a":"b","a":"c"}}';
  yield { name: "a key of metadata twice", bytes: fileOf(twice), reason: /"a" stands twice/ };
  const tensor = fileOf({ __metadata__: u8(0, 4) }, 4);
  yield { name: "a tensor called __metadata__", bytes: tensor, reason: form };
  const half = fileOf('{"__metadata__":{"a":"\\ud800"}}');
  yield { name: "metadata with half a pair", bytes: half, reason: /half a surrogate pair/ };
}

export const malformedFiles: readonly Malformed[] = [
  ...cuts(),
  ...headerLengths(),
  ...starts(),
  ...syntax(),
  ...strings(),
  ...numbers(),
  ...dtypes(),
  ...fields(),
  ...ranges(),
  ...metadata(),
];
