/**
 * Writes `src/kernels/generated/shaders.ts`: every WGSL file with what reflection knows of it, so that neither a
 * parser nor a file system is needed at run time.
 *   node scripts/run.mjs scripts/generate.ts [--shaders FOLDER] [--out FILE]
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import type { ShaderModule } from "../src/kernels/shader_module.ts";
import { reflectShader, reflectStep } from "../src/validation/static/reflect.ts";
import { readShaderFiles, ShaderFault, type ShaderFile } from "../src/validation/static/shader_files.ts";

const { values: options } = parseArgs({
  options: {
    shaders: { type: "string", default: "shaders" },
    out: { type: "string", default: "src/kernels/generated/shaders.ts" },
    quiet: { type: "boolean", default: false },
  },
});

try {
  const files = readShaderFiles(options.shaders);
  const changed = writeIfChanged(options.out, render(reflectAll(files), files));
  if (!options.quiet) console.log(`${options.out}: ${files.size} shaders${changed ? "" : ", unchanged"}`);
} catch (error) {
  if (!(error instanceof ShaderFault) && !(error instanceof AggregateError)) throw error;
  const faults = error instanceof AggregateError ? error.errors : [error];
  for (const fault of faults) console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 1;
}

/** Reports every file's fault, not only the first. */
function reflectAll(files: ReadonlyMap<string, ShaderFile>): [string, ShaderModule][] {
  const modules: [string, ShaderModule][] = [];
  const faults: ShaderFault[] = [];
  for (const file of files.values()) {
    try {
      modules.push([file.name, reflectShader(file, files)]);
    } catch (error) {
      if (!(error instanceof ShaderFault)) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults);
  return modules;
}

function render(modules: readonly [string, ShaderModule][], files: ReadonlyMap<string, ShaderFile>): string {
  const entries = modules.map(([name, module]) => `  ${JSON.stringify(name)}: ${renderModule(module)},\n`);
  return `// Written by scripts/generate.ts from shaders/. Not to be edited.
import type { ShaderModule, ParamsLayout } from "../shader_module.ts";

export const shaders = {
${entries.join("")}} as const satisfies Record<string, ShaderModule>;

export const stepLayout = ${JSON.stringify(reflectStep(files), null, 2)} as const satisfies ParamsLayout;

export type ShaderName = keyof typeof shaders;
export type KernelName = {
  [Name in ShaderName]: (typeof shaders)[Name]["kind"] extends "kernel" ? Name : never;
}[ShaderName];
`;
}

/** The source and the hash are widened to string: as literal types they would fill the declaration files. */
function renderModule(module: ShaderModule): string {
  const lines = Object.entries(module).map(([key, value]) => {
    const widened = key === "source" || key === "hash" ? " as string" : "";
    return `    ${key}: ${JSON.stringify(value)}${widened},\n`;
  });
  return `{\n${lines.join("")}  }`;
}

/** Leaves an up-to-date file alone, and never shows half a file to a build that runs at the same time. */
function writeIfChanged(path: string, text: string): boolean {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return false;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
  return true;
}
