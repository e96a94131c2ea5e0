/**
 * How much memory the reader takes of large files, run in a process of its own: prints JSON, a row a file, with the
 * most that the process held above what it held before the file, in sizes of the file.
 *   node scripts/run.mjs test/support/reader_memory.ts
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readSafetensors } from "../../src/training/safetensors.ts";

const megabyte = 2 ** 20;
const size = 64 * megabyte;
const codeBytes = 2 * megabyte;

/** Files of one kind; filled in place, so that making them takes no more than they do. */
const files: Readonly<Record<string, () => Uint8Array<ArrayBuffer>>> = {
  "brackets without end": () => header('{"w":', "["),
  "objects without end": () => header("", '{"w":'),
  "one endless name": () => header('{"', "x"),
  "one endless number": () => header('{"w":{"dtype":"U8","shape":[', "1"),
  "one endless shape": () => header('{"w":{"dtype":"U8","shape":[', "1,"),
  "a shape of empty arrays": () => header('{"w":{"dtype":"U8","shape":[', "[],"),
  "one endless string of escapes": () => header('{"', "\\u0041"),
  "a name of escapes twice as long as its text": () => header('{"', "\\n", '":1'),
  "a name as long as the file": () => header('{"', "x", '":1'),
  "blanks without end": () => header("{", " "),
  "data of another length": () => data('{"w":{"dtype":"F32","shape":[1048576],"data_offsets":[0,4194304]}}'),
  "a shape of 2⁵²": () => data('{"w":{"dtype":"F32","shape":[4503599627370496],"data_offsets":[0,4]}}'),
  "an unaligned tensor, which is right": () => {
    const bytes = size - 8 - 128;
    const text = `{"w":{"dtype":"F32","shape":[${bytes / 4}],"data_offsets":[0,${bytes}]}}`;
    return data(text.padEnd(127), bytes);
  },
};

/** A header of the file's length: a beginning, one text over and over, an end. */
function header(beginning: string, repeated: string, end = ""): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(size - 8), true);
  const { written } = new TextEncoder().encodeInto(beginning, bytes.subarray(8));
  const period = new TextEncoder().encode(repeated);
  for (let at = 8 + written; at < size; at++) bytes[at] = period[(at - 8 - written) % period.length] ?? 0;
  new TextEncoder().encodeInto(end, bytes.subarray(size - end.length));
  return bytes;
}

function data(text: string, dataBytes = size): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  new TextEncoder().encodeInto(text, bytes.subarray(8));
  bytes.fill(1, 8 + text.length);
  return bytes;
}

/** Kilobytes. */
const most = (): number => process.resourceUsage().maxRSS;

function measure(name: string): object {
  const before = most();
  const bytes = files[name]?.() ?? new Uint8Array();
  const made = most();
  let outcome = "read";
  try {
    readSafetensors(bytes);
  } catch (error) {
    outcome = String(error).slice(0, 200);
  }
  // What making the file left over is not the reader's, nor is the code that it loads.
  const taken = Math.max(0, (most() - made) * 1024 - codeBytes);
  const ratio = (taken + bytes.length) / bytes.length;
  return { name, ratio, madeMegabytes: (made - before) / 1024, outcome };
}

const [wanted] = process.argv.slice(2);
if (wanted !== undefined) console.log(JSON.stringify(measure(wanted)));
else {
  const rows = Object.keys(files).map((name) => {
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], {
      encoding: "utf8",
    });
    const row: unknown = JSON.parse(stdout);
    return row;
  });
  console.log(JSON.stringify(rows, null, 2));
}
