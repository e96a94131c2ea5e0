/**
 * Holds every WGSL file against shaders/README.md, compiles it, and looks for races.
 *   node scripts/run.mjs scripts/shader_gate.ts [--shaders FOLDER]
 */
import { parseArgs } from "node:util";
import type { KernelModule, ShaderModule } from "../src/kernels/shader_module.ts";
import { conventions } from "../src/validation/static/conventions.ts";
import { raceSizes } from "../src/validation/static/race_sizes.ts";
import { findRaces, usesWorkgroupMemory } from "../src/validation/static/races.ts";
import { reflectShader, reflectStep } from "../src/validation/static/reflect.ts";
import {
  type Expanded,
  expand,
  originOf,
  readShaderFiles,
  type ShaderFile,
} from "../src/validation/static/shader_files.ts";
import { Gate } from "./gate.ts";
import { openShaderCompiler, type ShaderCompiler } from "./shader_compiler.ts";
import { variants } from "./shader_variants.ts";

interface Subject {
  readonly file: ShaderFile;
  readonly module: ShaderModule;
  readonly expanded: Expanded;
}

const { values: options } = parseArgs({ options: { shaders: { type: "string", default: "shaders" } } });
const files = readShaderFiles(options.shaders);
const gate = new Gate("shader gate");

const subjects = reflectAll();
for (const { name, look } of conventions) gate.each(name, subjects, ({ file, module }) => look(file, module));
const compiler = await openShaderCompiler();
await compileFiles(compiler);
await compileVariants(compiler);
compiler.close();
checkRaces();
gate.finish();

function reflectAll(): Subject[] {
  const found: Subject[] = [];
  gate.each("reflects", files.values(), function* (file) {
    try {
      found.push({ file, module: reflectShader(file, files), expanded: expand(file, files) });
    } catch (error) {
      yield error instanceof Error ? error.message : String(error);
    }
  });
  return found;
}

async function compileFiles(compiler: ShaderCompiler): Promise<void> {
  const findings: string[] = [];
  for (const { file, module, expanded } of subjects) {
    for (const { line, text } of await compiler.compile(file.name, expanded.text, module.kind === "kernel")) {
      const origin = originOf(expanded, line);
      findings.push(`${origin.path}:${origin.line}: ${text}`);
    }
  }
  gate.add("compiles as it lies", subjects.length, findings);
}

async function compileVariants(compiler: ShaderCompiler): Promise<void> {
  const findings: string[] = [];
  let count = 0;
  for (const { label, source } of variants()) {
    count++;
    for (const { line, text } of await compiler.compile(label, source, true))
      findings.push(`${label}:${line}: ${text}`);
  }
  gate.add("variants compile", count, findings);
}

function checkRaces(): void {
  const step = reflectStep(files);
  const shared = subjects.filter(
    (subject): subject is Subject & { module: KernelModule } =>
      subject.module.kind === "kernel" && usesWorkgroupMemory(subject.expanded),
  );
  if (shared.length === 0) console.warn("shader gate: no kernel has workgroup memory");
  else
    gate.each("no races", shared, ({ file, module, expanded }) =>
      findRaces(file, module, expanded, step, raceSizes[file.name]),
    );
}
