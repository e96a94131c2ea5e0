/** What can be said of a kernel without running it: how it is written, its bindings, its races. */
import { existsSync, readFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { UsageError } from "../../device/errors.ts";
import { shaderSources, stepLayout } from "../../kernels/every_shader.ts";
import type { KernelModule } from "../../kernels/shader_module.ts";
import { setConstants } from "../../kernels/specialise.ts";
import type { KernelSpec } from "../spec/kernel_spec.ts";
import { aliasHint } from "../spec/spec_finding.ts";
import { conventions } from "./conventions.ts";
import { findRaces } from "./races.ts";
import { reflectShader } from "./reflect.ts";
import type { Expanded, ShaderFile } from "./shader_files.ts";
import { expand, parseShaderFile, ShaderFault } from "./shader_files.ts";

/** A kernel of a user's own with the constants of its spec. */
export interface UserKernel {
  readonly file: ShaderFile;
  readonly module: KernelModule;
  readonly expanded: Expanded;
}

/**
 * Reads a kernel and holds its constants, bindings and parameters against the spec.
 * @throws UsageError of one line with file and line: it is missing, does not parse, or has not what the spec names
 */
export function readKernel(path: string, spec: KernelSpec): UserKernel {
  const file = readFile(path);
  const files = new Map([...libraries(), [file.name, file] as const]);
  try {
    const written = reflectShader(file, files);
    if (written.kind !== "kernel")
      throw new ShaderFault(file.path, 1, "no entry point: expected @compute @workgroup_size(…) fn main");
    expectConstants(file, written, spec);
    const source = setConstants(file.path, written, spec.constants ?? {});
    const changed = { ...file, source };
    const module = reflectShader(changed, new Map([...files, [file.name, changed]]));
    if (module.kind !== "kernel") throw new Error("internal: constants took the entry point away");
    expectEntryPoint(file);
    if (module.usesStep)
      throw new ShaderFault(file.path, 1, "it reads the step uniform, which a spec cannot give");
    expectBindings(file, module, spec);
    expectParams(file, module, spec);
    return { file: changed, module, expanded: expand(changed, files) };
  } catch (error) {
    if (error instanceof ShaderFault)
      throw new UsageError(
        { where: `${error.path}:${error.line}`, problem: error.problem },
        { cause: error },
      );
    throw error;
  }
}

function readFile(path: string): ShaderFile {
  if (!existsSync(path))
    throw new UsageError({ where: "check", problem: "there is no such file", got: path });
  const shown = relative(process.cwd(), resolve(path)) || path;
  return parseShaderFile(basename(path, ".wgsl"), shown, readFileSync(path, "utf8"));
}

/** Ours, for includes. */
const libraries = () =>
  Object.entries(shaderSources()).map(
    ([name, source]) => [name, parseShaderFile(name, `shaders/${name}.wgsl`, source)] as const,
  );

function expectConstants(file: ShaderFile, { constants }: KernelModule, spec: KernelSpec): void {
  const known = Object.keys(constants);
  const unknown = Object.keys(spec.constants ?? {}).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const hint = `a constant is written const ${unknown}: u32 = 1; // variant: what it is`;
  throw new ShaderFault(file.path, 1, `no constant ${unknown}; it has ${listed(known)}; ${hint}`);
}

function expectEntryPoint(file: ShaderFile): void {
  const main = /@compute\b[^{]*?\bfn\s+(\w+)/.exec(file.source);
  if (main && main[1] !== "main")
    throw new ShaderFault(
      file.path,
      lineOf(file, main.index),
      `the entry point is ${main[1]}; expected main`,
    );
}

function expectBindings(file: ShaderFile, { bindings }: KernelModule, spec: KernelSpec): void {
  const taken = Object.values(spec.inPlace ?? {});
  const inputs = Object.keys(spec.inputs);
  const outputs = Object.keys(spec.outputs);
  for (const { name, access } of bindings) {
    if (access === "uniform") continue;
    const named = access === "read" ? inputs : outputs;
    if (named.includes(name)) continue;
    const line = lineOf(file, file.source.search(new RegExp(`\\bvar\\s*<[^>]*>\\s*${name}\\b`)));
    const kind = access === "read" ? "input" : "output";
    throw new ShaderFault(file.path, line, `the spec has no ${kind} ${name}; it has ${listed(named)}`);
  }
  const bound = new Set(bindings.map(({ name }) => name));
  for (const name of [...inputs.filter((input) => !taken.includes(input)), ...outputs]) {
    if (!bound.has(name))
      throw new ShaderFault(file.path, 1, `no binding ${name}; it has ${listed([...bound])}`);
  }
  for (const [output, input] of Object.entries(spec.inPlace ?? {})) {
    if (input === undefined || !bound.has(input)) continue;
    const problem = `${output} takes over the buffer of ${input}, and ${input} is bound beside it: WebGPU forbids one buffer`;
    throw new ShaderFault(file.path, 1, `${problem} as read and read_write in a dispatch`);
  }
}

function expectParams(file: ShaderFile, { params }: KernelModule, spec: KernelSpec): void {
  const fields = params?.fields.map(({ name }) => name) ?? [];
  const given = Object.keys(spec.params ?? {});
  const missing = fields.find((name) => !given.includes(name));
  if (missing !== undefined)
    throw new ShaderFault(file.path, 1, `the spec gives no params.${missing}; it gives ${listed(given)}`);
  const extra = given.find((name) => !fields.includes(name));
  if (extra !== undefined)
    throw new ShaderFault(file.path, 1, `struct Params has no ${extra}; it has ${listed(fields)}`);
}

const listed = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));

const lineOf = ({ source }: ShaderFile, index: number): number =>
  index < 0 ? 1 : source.slice(0, index).split("\n").length;

/** Asked of the house's own files, and good advice for others: said, and no failure. */
const advice = ["constants", "bindings", "features and atomics", "loop bounds"];

export const adviceOn = ({ file, module }: UserKernel): string[] =>
  conventions.filter(({ name }) => advice.includes(name)).flatMap(({ look }) => [...look(file, module)]);

/** Workgroups that the interpreter runs: enough for two to meet, few enough to wait for. */
const mostWorkgroups = 3;

/** Pairs of lines that touch the same memory, one of them writing, with no barrier between. */
export function racesOf({ file, module, expanded }: UserKernel, spec: KernelSpec): string[] {
  const groups = typeof spec.workgroups === "number" ? [spec.workgroups] : spec.workgroups;
  const total = groups.reduce<number>((product, count = 1) => product * count, 1);
  const workgroups = Math.min(total, mostWorkgroups);
  const races = findRaces(file, module, expanded, stepLayout, { params: spec.params ?? {}, workgroups });
  return races.map((race) => `${race}${causeOf(race, spec)}`);
}

/** Memory of the workgroup wants a barrier; that of a buffer, which no barrier orders between workgroups, other places. */
function causeOf(race: string, { inPlace = {}, outputs }: KernelSpec): string {
  const memory = / on (\w+)$/.exec(race)?.[1] ?? "";
  const taken = inPlace[memory];
  if (taken !== undefined) return `: ${aliasHint(memory, taken)}`;
  if (outputs[memory]) return ": two invocations use the same element, one of them to write";
  return memory === "" ? "" : ": workgroupBarrier() is missing between them";
}
