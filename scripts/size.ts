/**
 * What programs cost in bytes: each of `scripts/size/` is bundled from the built package as a page's bundler would, code split,
 * and then trains here, so that what it fetches as it goes is counted too.
 *   npm run size -- [--json]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build, type OutputFile } from "esbuild";
import { formatTable } from "../src/cli/table.ts";
import { nodePlatform, webgpuConstants } from "../src/device/node.ts";

interface Row {
  readonly name: string;
  /** Before anything runs: the entry and what it imports at once. */
  readonly startBytes: number;
  /** All that was fetched when it had trained. */
  readonly loadedBytes: number;
  readonly files: number;
  /** Of `loadedBytes`. */
  readonly limitBytes: number | null;
}

/** 45 KB of issue 6, with K for 1000 as in a browser's tools. */
const programs = [
  { name: "minimal", limitBytes: 45_000 },
  { name: "trainer", limitBytes: null },
  { name: "everything", limitBytes: null },
] as const;

/** In front of each file while it runs, and not counted. */
const note = "globalThis.loadedFiles?.add(import.meta.url);";

const { values } = parseArgs({ options: { json: { type: "boolean" } } });
await offerAdapter();
const folder = mkdtempSync(join(tmpdir(), "wgrad-size-"));
try {
  const rows: Row[] = [];
  for (const program of programs) rows.push(await measure(program.name, program.limitBytes));
  report(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @throws Error where the program does not train */
async function measure(name: string, limitBytes: number | null): Promise<Row> {
  const outdir = join(folder, name);
  mkdirSync(outdir);
  const { outputFiles } = await build({
    entryPoints: [`scripts/size/${name}.ts`],
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    // The page's files are the package's, as `exports` names them.
    tsconfigRaw: "{}",
    banner: { js: note },
    outdir,
    write: false,
    logLevel: "error",
  });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  const loaded = new Set<string>();
  Reflect.set(globalThis, "loadedFiles", loaded);
  const entry = pathToFileURL(join(outdir, `${name}.js`)).href;
  const module: unknown = await import(entry);
  const atStart = new Set(loaded);
  await expectTraining(name, module);
  const bytesOf = (urls: ReadonlySet<string>) =>
    outputFiles
      .filter(({ path }) => urls.has(pathToFileURL(path).href))
      .reduce((sum, file) => sum + gzipped(file), 0);
  return { name, startBytes: bytesOf(atStart), loadedBytes: bytesOf(loaded), files: loaded.size, limitBytes };
}

function gzipped({ text, path }: OutputFile): number {
  if (!text.includes(note)) throw new Error(`${basename(path)} does not say when it is loaded`);
  return gzipSync(text.replace(note, ""), { level: 9 }).length;
}

/** A program that does nothing is small. */
async function expectTraining(name: string, module: unknown): Promise<void> {
  const train: unknown = Reflect.get(Object(module), "train");
  if (typeof train !== "function") throw new Error(`${name} exports no train`);
  const losses: unknown = await train();
  const [first, last] = Array.isArray(losses) ? [losses[0], losses.at(-1)] : [];
  if (!(Number.isFinite(first) && Number(last) < 0.5 * Number(first)))
    throw new Error(`${name} does not learn: its losses are ${String(losses)}`);
}

/** `navigator.gpu` as in a page, and the globals beside it. */
async function offerAdapter(): Promise<void> {
  Object.assign(globalThis, await webgpuConstants());
  const gpu = {
    async requestAdapter(): Promise<GPUAdapter | null> {
      for await (const { adapter } of nodePlatform.attempts({})) if (adapter) return adapter;
      return null;
    },
  };
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
}

function report(rows: readonly Row[]): void {
  const tooLarge = rows.filter(
    ({ loadedBytes, limitBytes }) => limitBytes !== null && loadedBytes > limitBytes,
  );
  if (values.json) console.log(JSON.stringify({ rows, tooLarge: tooLarge.map(({ name }) => name) }, null, 2));
  else {
    const kilobytes = (bytes: number | null) => (bytes === null ? "" : (bytes / 1000).toFixed(1));
    const head = ["program", "at its start", "when it has trained", "files", "limit"];
    const cells = rows.map((row) => [
      row.name,
      kilobytes(row.startBytes),
      kilobytes(row.loadedBytes),
      row.files,
      kilobytes(row.limitBytes),
    ]);
    console.log(formatTable(head, cells));
    console.log("KB, each file minified and gzipped");
    for (const { name } of tooLarge) console.log(`${name} is above its limit`);
  }
  if (tooLarge.length > 0) process.exitCode = 1;
}
