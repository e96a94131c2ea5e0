/** What `npm pack` would publish: everything that `exports` and `bin` name, nothing that no user needs. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { pathToFileURL } from "node:url";
import { Gate } from "./gate.ts";

/** For bundlers, and for pages without one. */
const browserEntries = ["dist/browser/index.browser.js", "dist/wgrad.min.js"];

const packed = listPacked();
const gate = new Gate("package gate");

gate.each("named in package.json", namedFiles(), function* (path) {
  if (!packed.has(path)) yield `${path} is not in the package`;
});

gate.each("only what a user needs", packed.keys(), function* (path) {
  if (!/^(dist\/|shaders\/|package\.json$|README\.md$|LICENSE$)/.test(path)) yield path;
});

gate.each("command line is executable", existsSync("dist/cli.js") ? ["dist/cli.js"] : [], function* (path) {
  if ((statSync(path).mode & 0o111) === 0) yield `${path}: mode ${statSync(path).mode.toString(8)}`;
  if (!readFileSync(path, "utf8").startsWith("#!/usr/bin/env node\n")) yield `${path}: no interpreter line`;
});

gate.each(
  "browser modules import each other alone",
  [...packed.keys()].filter((path) => /^dist\/(browser\/.*|wgrad\.min|lab\/.*)\.js$/.test(path)),
  function* (path) {
    const code = readFileSync(path, "utf8");
    for (const match of code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']/g)) {
      const module = match[1] ?? "";
      if (!module.startsWith(".")) yield `${path}: ${module}`;
      else if (!packed.has(posix.join(posix.dirname(path), module))) yield `${path}: there is no ${module}`;
    }
  },
);

// A bundler that takes the module for free of side effects drops what puts the methods on Tensor.
const bundles = ["dist/index.node.js", ...browserEntries].filter((path) => existsSync(path));
const withoutMethods: string[] = [];
for (const path of bundles) if (!(await hasMethods(path))) withoutMethods.push(path);
gate.each("tensors have their methods", bundles, function* (path) {
  if (withoutMethods.includes(path)) yield `${path}: Tensor.prototype.matmul is missing`;
});

const bytes = [...packed.values()].reduce((sum, size) => sum + size, 0);
gate.finish();
console.log(`${packed.size} files, ${(bytes / 1024).toFixed(0)} KiB unpacked`);

async function hasMethods(path: string): Promise<boolean> {
  const exported: unknown = await import(pathToFileURL(path).href);
  const tensor: unknown = Reflect.get(Object(exported), "Tensor");
  return typeof tensor === "function" && "matmul" in Object(tensor.prototype);
}

/** Path to bytes. Scripts stay off: `prepare` would build again what was just built. */
function listPacked(): Map<string, number> {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const files = find(JSON.parse(output), "files");
  if (!Array.isArray(files)) throw new Error("npm pack names no files");
  return new Map(files.map((file) => [String(Reflect.get(file, "path")), Number(Reflect.get(file, "size"))]));
}

/** The first value under a key, however deep: npm has wrapped its answer differently from release to release. */
function find(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (key in value) return Reflect.get(value, key);
  for (const inner of Object.values(value)) {
    const found = find(inner, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every path that package.json promises. */
function namedFiles(): string[] {
  const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
  const found = new Set<string>();
  for (const key of ["exports", "bin", "main", "unpkg", "jsdelivr", "types"]) collect(find(manifest, key));
  return [...found];

  function collect(value: unknown): void {
    if (typeof value === "string") found.add(value.replace(/^\.\//, ""));
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  }
}
