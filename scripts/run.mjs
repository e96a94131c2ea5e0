// Runs a TypeScript script: Node 20 cannot. Bundles it with esbuild and imports the result.
//   node scripts/run.mjs scripts/generate.ts [arguments]
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error("usage: node scripts/run.mjs SCRIPT.ts [arguments]");
  process.exit(2);
}
const entry = resolve(script);
process.chdir(root);

const result = await build({
  entryPoints: [entry],
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  logLevel: "error",
});
const code = result.outputFiles[0]?.contents ?? new Uint8Array();

// The name carries the content, and the rename is atomic: two runs at once never read half a file.
const cache = join(root, "node_modules", ".cache", "wgrad");
const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
const file = join(cache, `${basename(entry, ".ts")}-${hash}.mjs`);
if (!existsSync(file)) {
  mkdirSync(cache, { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, code);
  renameSync(temporary, file);
}

process.setSourceMapsEnabled(true);
process.argv = [process.argv[0] ?? "node", entry, ...rest];
await import(pathToFileURL(file).href);
