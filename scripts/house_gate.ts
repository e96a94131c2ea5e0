/** House rules that no linter knows: the length of files, one place for `navigator`, pins, a neutral lock file. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { Gate } from "./gate.ts";

const folders = ["src", "test", "bench", "scripts", "shaders"];
const written = new Set([".ts", ".mts", ".mjs", ".cjs", ".js", ".wgsl", ".html", ".css"]);
const longest = 400;
/** Generated, installed or built. */
const notOurs = /^(src\/kernels\/generated|test\/fixtures)$|\/(node_modules|dist)$/;
/** Folders with packages of their own. */
const packages = [".", "bench/peers"];

const files = folders.filter(existsSync).flatMap((folder) => walk(folder));
const gate = new Gate("house gate");

gate.each(`at most ${longest} lines`, files, function* (path) {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").length;
  if (lines > longest) yield `${path}: ${lines} lines`;
});

const sources = files.filter((path) => path.startsWith("src/") && path.endsWith(".ts"));

gate.each("navigator only in src/device/browser.ts", sources, function* (path) {
  if (path === "src/device/browser.ts") return;
  for (const [index, line] of withoutComments(readFileSync(path, "utf8")).split("\n").entries())
    if (/\bnavigator\b/.test(line)) yield `${path}:${index + 1}: ${line.trim()}`;
});

/** What reads shaders names what it looks for. */
const readsShaders = (path: string) => path.startsWith("src/validation/static/");

gate.each("no shader text in TypeScript", sources, function* (path) {
  if (readsShaders(path)) return;
  for (const [index, line] of withoutComments(readFileSync(path, "utf8")).split("\n").entries())
    if (/@(compute|workgroup_size|binding)\b/.test(line)) yield `${path}:${index + 1}: ${line.trim()}`;
});

gate.each("dependencies pinned exactly", packages.flatMap(dependencies), function* ([where, name, version]) {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) yield `${where}: ${name}: ${version}`;
});

const locked = packages.flatMap((folder) => {
  const path = join(folder, "package-lock.json");
  return readFileSync(path, "utf8")
    .split("\n")
    .map((line, index) => ({ line, where: `${path}:${index + 1}` }));
});
gate.each("lock files name no host", locked, function* ({ line, where }) {
  if (/"resolved":/.test(line)) yield where;
});

gate.finish();

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name).replaceAll("\\", "/");
    if (entry.isDirectory()) return notOurs.test(path) ? [] : walk(path);
    return written.has(extname(path)) ? [path] : [];
  });
}

/** Rough: a comment mark in a string ends the line too, which hides nothing that matters here. */
function withoutComments(source: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, " ");
  return source.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|[^:])\/\/.*$/gm, "$1");
}

/** Where they are named, names and versions. */
function dependencies(folder: string): [where: string, name: string, version: string][] {
  const where = join(folder, "package.json");
  const manifest: unknown = JSON.parse(readFileSync(where, "utf8"));
  if (typeof manifest !== "object" || manifest === null) return [];
  const all = ["dependencies", "optionalDependencies", "devDependencies"].map((key) =>
    Reflect.get(manifest, key),
  );
  const named = Object.assign({}, ...all) as Record<string, string>;
  return Object.entries(named).map(([name, version]) => [where, name, version]);
}
