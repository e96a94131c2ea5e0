// Builds dist/: the package for Node and for browsers, the command line and the web page.
//   node scripts/build.mjs [--quiet]
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compactShaders } from "./compact_wgsl.mjs";
import { modulesApart, modulesOf } from "./modules_apart.mjs";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const quiet = process.argv.includes("--quiet");

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  format: "esm",
  sourcemap: true,
  metafile: true,
  logLevel: "error",
  treeShaking: true,
};

/** What runs everywhere, as `exports` in package.json names it. */
const shared = {
  nn: "src/nn/index.ts",
  ops: "src/functions.ts",
  losses: "src/nn/losses.ts",
  optim: "src/optim/index.ts",
};

const entries = {
  "index.node": "src/index.node.ts",
  "core.node": "src/core.node.ts",
  ...shared,
  validation: "src/validation/index.ts",
  cli: "src/cli/main.ts",
};
const node = await bundle(entries, "dist", {
  platform: "node",
  target: "node20",
  packages: "external",
  // The package and the command line share chunks, and a command's code is read only when it runs.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
});
removeStaleChunks(node);
if (node.includes("dist/cli.js")) makeExecutable("dist/cli.js");

// For bundlers: a module for each source, so that they leave out what a page does not name.
const web = { platform: "browser", target: "es2022", plugins: [compactShaders()] };
const browserEntries = ["src/index.browser.ts", "src/core.browser.ts", ...Object.values(shared)];
rmSync("dist/browser", { recursive: true, force: true });
const modules = await modulesOf(browserEntries);
const written = (path) => /[\\/]kernels[\\/]generated[\\/]/.test(path);
for (const [entryPoints, sourcemap] of [
  [modules.filter((path) => !written(path)), true],
  // Nobody steps through what a script wrote.
  [modules.filter(written), false],
]) {
  const plugins = [modulesApart(), ...web.plugins];
  await build({ ...common, ...web, entryPoints, sourcemap, outbase: "src", outdir: "dist/browser", plugins });
}

// For pages without a bundler: everything in one file.
await bundle({ "wgrad.min": "src/index.browser.ts" }, "dist", { ...web, minify: true });

await bundle({ main: "src/lab/main.ts" }, "dist/lab", { ...web, minify: true });
copyStatic("src/lab", "dist/lab");
execFileSync(process.execPath, ["scripts/run.mjs", "scripts/compact_images.ts", "dist/lab/data"], {
  stdio: "inherit",
});

/**
 * Bundles the entries that exist and names those that do not.
 * @param {Record<string, string>} entries output name to source
 * @param {string} outdir
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<string[]>} the files written
 */
async function bundle(entries, outdir, options) {
  const present = Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(source)));
  for (const source of Object.values(entries)) {
    if (!existsSync(source)) console.warn(`build: there is no ${source} yet`);
  }
  if (Object.keys(present).length === 0) return [];
  const { metafile } = await build({ ...common, ...options, entryPoints: present, outdir });
  const written = Object.entries(metafile?.outputs ?? {});
  for (const [path, { bytes }] of written) {
    if (!quiet && path.endsWith(".js")) console.log(`${path}  ${(bytes / 1024).toFixed(0)} KiB`);
  }
  return written.map(([path]) => path);
}

/**
 * Chunk names carry a hash, so old ones would pile up.
 * @param {string[]} written
 */
function removeStaleChunks(written) {
  if (!existsSync("dist/chunks")) return;
  for (const name of readdirSync("dist/chunks")) {
    const path = `dist/chunks/${name}`;
    if (!written.includes(path)) rmSync(path);
  }
}

/**
 * Puts the interpreter line on top, and keeps the source map in step with it.
 * @param {string} path
 */
function makeExecutable(path) {
  const code = readFileSync(path, "utf8");
  if (!code.startsWith("#!")) {
    writeFileSync(path, `#!/usr/bin/env node\n${code}`);
    const map = JSON.parse(readFileSync(`${path}.map`, "utf8"));
    writeFileSync(`${path}.map`, JSON.stringify({ ...map, mappings: `;${map.mappings}` }));
  }
  chmodSync(path, 0o755);
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyStatic(from, to) {
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) {
    if (![".html", ".css", ".svg", ".png", ".ico", ".webmanifest"].includes(extname(name))) continue;
    mkdirSync(to, { recursive: true });
    copyFileSync(join(from, name), join(to, name));
  }
}
