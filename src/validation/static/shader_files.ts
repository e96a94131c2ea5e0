/** The WGSL files on disk, and one file with its includes expanded and every line traced to where it came from. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ShaderFile {
  /** Path below the shader folder without its ending: `matmul/register_tiled`. */
  readonly name: string;
  /** Path to print in messages. */
  readonly path: string;
  readonly source: string;
  readonly includes: readonly Include[];
}

export interface Include {
  readonly name: string;
  readonly line: number;
}

export interface Expanded {
  readonly text: string;
  /** Where each line of the text came from. */
  readonly origins: readonly Origin[];
  /** Every file included, directly or not. */
  readonly included: readonly string[];
}

export interface Origin {
  readonly path: string;
  readonly line: number;
}

/** A fault in a shader file, at a line of that file. */
export class ShaderFault extends Error {
  constructor(
    readonly path: string,
    readonly line: number,
    readonly problem: string,
  ) {
    super(`${path}:${line}: ${problem}`);
    this.name = "ShaderFault";
  }
}

const includeLine = /^[ \t]*\/\/!include\b(.*)$/;
const includePath = /^(\w+\/[a-z0-9_]+)\.wgsl$/;

export function readShaderFiles(folder: string): Map<string, ShaderFile> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".wgsl"))
    .sort();
  return new Map(paths.map((path) => [path.slice(0, -5), readShaderFile(folder, path)]));
}

function readShaderFile(folder: string, relative: string): ShaderFile {
  const path = join(folder, relative);
  return parseShaderFile(relative.slice(0, -5), path, readFileSync(path, "utf8"));
}

/** @throws ShaderFault where an include is written in another way than it should be */
export function parseShaderFile(name: string, path: string, source: string): ShaderFile {
  const includes: Include[] = [];
  for (const [index, text] of source.split("\n").entries()) {
    const match = includeLine.exec(text);
    if (match === null) continue;
    const included = includePath.exec((match[1] ?? "").trim())?.[1];
    if (included === undefined) throw new ShaderFault(path, index + 1, "write //!include FOLDER/NAME.wgsl");
    includes.push({ name: included, line: index + 1 });
  }
  return { name, path, source, includes };
}

/** Puts every included file in the place of its first include comment. */
export function expand(file: ShaderFile, files: ReadonlyMap<string, ShaderFile>): Expanded {
  const lines: string[] = [];
  const origins: Origin[] = [];
  const seen = new Set([file.name]);
  append(file);
  seen.delete(file.name);
  return { text: lines.join("\n"), origins, included: [...seen] };

  function append(current: ShaderFile): void {
    for (const [index, text] of current.source.split("\n").entries()) {
      lines.push(text);
      origins.push({ path: current.path, line: index + 1 });
      const include = current.includes.find((candidate) => candidate.line === index + 1);
      if (include === undefined || seen.has(include.name)) continue;
      const target = files.get(include.name);
      if (target === undefined)
        throw new ShaderFault(current.path, index + 1, `there is no ${include.name}.wgsl to include`);
      seen.add(include.name);
      append(target);
    }
  }
}

/** Where a line (from 1) of an expanded text came from. */
export function originOf(expanded: Expanded, line: number): Origin {
  const last = expanded.origins.length;
  return expanded.origins[Math.min(Math.max(line, 1), last) - 1] ?? { path: "?", line };
}

/** Blanks out comments and keeps every other character in its place, so that lines and columns still hold. */
export function withoutComments(source: string): string {
  const out = [...source];
  let depth = 0;
  for (let at = 0; at < out.length; at++) {
    const pair = `${out[at]}${out[at + 1] ?? ""}`;
    if (depth === 0 && pair === "//") {
      while (at < out.length && out[at] !== "\n") out[at++] = " ";
    } else if (pair === "/*" || (depth > 0 && pair === "*/")) {
      depth += pair === "/*" ? 1 : -1;
      out[at++] = " ";
      out[at] = " ";
    } else if (depth > 0 && out[at] !== "\n") {
      out[at] = " ";
    }
  }
  return out.join("");
}

/**
 * Blanks out comments and what stands inside functions, and keeps every line: enough for reflection, which would
 * otherwise trip over the valid WGSL that its parser does not know.
 */
export function declarationsOnly(source: string): string {
  const code = withoutComments(source);
  let out = "";
  let depth = 0;
  let inFunction = false;
  for (const [word] of code.matchAll(/\bfn\b|\w+|[^\w]/g)) {
    if (word === "fn" && depth === 0) inFunction = true;
    if (word === "}") depth--;
    out += inFunction && depth > 0 && word !== "\n" ? " ".repeat(word.length) : word;
    if (word === "{") depth++;
    if (word === "}" && depth === 0) inFunction = false;
  }
  return out;
}

/** Line number (from 1) of a character. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

/** Names of the aliases that the specialiser may have say f16. */
export function storedAliases(source: string): string[] {
  return [...source.matchAll(/^alias (\w+) = (?:f32|vec4<f32>); +\/\/ storage: f32 or f16$/gm)].map(
    (match) => match[1] ?? "",
  );
}
