/**
 * Writes `src/kernels/generated/`: every WGSL file with what reflection knows of it as a module of its own, so that neither a
 * parser nor a file system is needed at run time, and a page gets the shaders of those ops alone that it uses.
 *   node scripts/run.mjs scripts/generate.ts [--shaders FOLDER] [--out FOLDER]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseArgs } from "node:util";
import { hashText } from "../src/kernels/hash_text.ts";
import { packFacts } from "../src/kernels/packed_facts.ts";
import type { ShaderModule } from "../src/kernels/shader_module.ts";
import { reflectShader, reflectStep } from "../src/validation/static/reflect.ts";
import { readShaderFiles, ShaderFault, type ShaderFile } from "../src/validation/static/shader_files.ts";

const { values: options } = parseArgs({
  options: {
    shaders: { type: "string", default: "shaders" },
    out: { type: "string", default: "src/kernels/generated" },
    quiet: { type: "boolean", default: false },
  },
});

/** Folders of many files that ops choose among one by one. */
const imported = ["elementwise", "lib"];

const written = "// Written by scripts/generate.ts from shaders/. Not to be edited.\n";

try {
  const files = readShaderFiles(options.shaders);
  const texts = render(reflectAll(files), files);
  const changed = [...texts].filter(([path, text]) => writeIfChanged(join(options.out, path), text)).length;
  removeOthers(options.out, texts);
  if (!options.quiet) console.log(`${options.out}: ${files.size} shaders, ${changed || "none"} changed`);
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

type Modules = readonly (readonly [name: string, module: ShaderModule])[];

/** The texts of all generated files by their paths. */
function render(modules: Modules, files: ReadonlyMap<string, ShaderFile>): Map<string, string> {
  const folders = [...new Set(modules.map(([name]) => folderOf(name)))];
  const of = (folder: string) => modules.filter(([name]) => folderOf(name) === folder).map(([name]) => name);
  const step = JSON.stringify(reflectStep(files), null, 2);
  return new Map([
    ...modules.map(([name, module]) => [`${name}.ts`, renderModule(name, module)] as const),
    ...modules.map(([name, { source }]) => [`${name}.wgsl.ts`, renderSource(source)] as const),
    ...folders
      .filter((folder) => !imported.includes(folder))
      .map((folder) => [`${folder}.ts`, importing(of(folder))] as const),
    ["all.ts", importing(modules.map(([name]) => name))],
    ["types.ts", renderTypes(modules)],
    [
      "step.ts",
      `${written}import type { ParamsLayout } from "../shader_module.ts";\n\nexport const stepLayout = ${step} as const satisfies ParamsLayout;\n`,
    ],
    [
      "hash.ts",
      `${written}/** Of all kernels. */\nexport const kernelHash = ${JSON.stringify(hashOf(modules))};\n`,
    ],
  ]);
}

function folderOf(name: string): string {
  return posix.dirname(name);
}

function importing(names: readonly string[]): string {
  return `${written}${names.map((name) => `import "./${name}.ts";\n`).join("")}`;
}

/** The text, which is fetched when a pipeline is to be made of it. */
function renderSource(source: string): string {
  return `${written}export default ${JSON.stringify(source)} as string;\n`;
}

/** A module that provides what is known of one file, and of those that it includes. */
function renderModule(name: string, module: ShaderModule): string {
  const includes = module.includes.map((path) => `import "../${path}.ts";\n`).join("");
  const provide = module.kind === "kernel" ? "provideKernel" : "provideLibrary";
  const facts = module.kind === "kernel" ? packFacts(module) : module.includes;
  return `${written}import { ${provide} } from "../../shaders.ts";\n${includes}
${provide}(
  ${JSON.stringify(name)},
  ${JSON.stringify(facts, null, 2).replaceAll("\n", "\n  ")},
  () => import("./${posix.basename(name)}.wgsl.ts"),
);\n`;
}

/** What type checks of kernels go by: the names of files, and of the fields of their `struct Params`. */
function renderTypes(modules: Modules): string {
  const names = (values: readonly string[]) =>
    values.map((value) => JSON.stringify(value)).join(" | ") || "never";
  const kernels = modules.flatMap(([name, module]) => {
    if (module.kind !== "kernel") return [];
    return [`  ${JSON.stringify(name)}: ${names(module.params?.fields.map((field) => field.name) ?? [])};\n`];
  });
  return `${written}/** Paths of the files with an entry point, and their parameters' names. */
export interface KernelParams {\n${kernels.join("")}}\n`;
}

/** Of every kernel's WGSL, includes and all that may stand in their place. */
function hashOf(modules: Modules): string {
  const kernels = modules.flatMap(([name, module]) =>
    module.kind === "kernel" ? `${name} ${module.hash}` : [],
  );
  const libraries = modules.flatMap(([, module]) => (module.kind === "library" ? module.source : []));
  return hashText([...kernels, ...libraries].join("\n"));
}

/** Files of shaders that are no more. */
function removeOthers(folder: string, texts: ReadonlyMap<string, string>): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.endsWith(".ts") && !texts.has(path.slice(join(folder, "/").length)))
      rmSync(path);
  }
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
