/** House rules that no linter knows: the length of files, one place for `navigator`, pins, a neutral lock file. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { Gate } from "./gate.ts";

const folders = ["src", "test", "bench", "scripts", "shaders"];
const written = new Set([".ts", ".mts", ".mjs", ".cjs", ".js", ".wgsl", ".html", ".css"]);
const longest = 400;

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

gate.each("no shader text in TypeScript", sources, function* (path) {
  for (const [index, line] of withoutComments(readFileSync(path, "utf8")).split("\n").entries())
    if (/@(compute|workgroup_size|binding)\b/.test(line)) yield `${path}:${index + 1}: ${line.trim()}`;
});

gate.each("dependencies pinned exactly", Object.entries(dependencies()), function* ([name, version]) {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) yield `package.json: ${name}: ${version}`;
});

const locked = readFileSync("package-lock.json", "utf8").split("\n");
gate.add(
  "lock file names no host",
  locked.length,
  locked.flatMap((line, index) => (/"resolved":/.test(line) ? [`package-lock.json:${index + 1}`] : [])),
);

gate.finish();

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name).replaceAll("\\", "/");
    if (entry.isDirectory())
      return path === "src/kernels/generated" || path === "test/fixtures" ? [] : walk(path);
    return written.has(extname(path)) ? [path] : [];
  });
}

/** Rough: a comment mark in a string ends the line too, which hides nothing that matters here. */
function withoutComments(source: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, " ");
  return source.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|[^:])\/\/.*$/gm, "$1");
}

function dependencies(): Record<string, string> {
  const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
  if (typeof manifest !== "object" || manifest === null) return {};
  const all = ["dependencies", "optionalDependencies", "devDependencies"].map((key) =>
    Reflect.get(manifest, key),
  );
  return Object.assign({}, ...all) as Record<string, string>;
}
