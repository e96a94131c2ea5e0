/** What `src/kernels` needs to know of each WGSL file, read from its expanded text with wgsl_reflect. */
import { createHash } from "node:crypto";
import {
  type FunctionInfo,
  type TypeInfo,
  type VariableInfo,
  WgslReflect,
} from "wgsl_reflect/wgsl_reflect.module.js";
import type {
  KernelModule,
  ParamsLayout,
  ReplaceableFunction,
  ShaderBinding,
  ShaderModule,
  ShaderScalar,
} from "../../kernels/shader_module.ts";
import {
  declarationsOnly,
  type Expanded,
  expand,
  originOf,
  ShaderFault,
  type ShaderFile,
  storedAliases,
  withoutComments,
} from "./shader_files.ts";

const variantLine = /^const\s+([A-Z][A-Z0-9_]*)\s*:\s*u32\s*=\s*(\d+)u?\s*;\s*\/\/\s*variant:/;
const entryPoint = /@workgroup_size\s*\(/;

export function reflectShader(file: ShaderFile, files: ReadonlyMap<string, ShaderFile>): ShaderModule {
  const expanded = expand(file, files);
  const reflection = parse(expanded);
  const common = { source: file.source, includes: file.includes.map((include) => include.name) };
  const own = reflection.functions.filter((info) => originOf(expanded, info.startLine).path === file.path);
  if (!entryPoint.test(withoutComments(file.source)))
    return { kind: "library", ...common, functions: own.map((info) => info.name) };
  return { kind: "kernel", ...common, ...reflectKernel(file, expanded, reflection) };
}

/** The step uniform's layout, out of `lib/step`. */
export function reflectStep(files: ReadonlyMap<string, ShaderFile>): ParamsLayout {
  const file = files.get("lib/step");
  if (file === undefined) throw new ShaderFault("lib/step.wgsl", 1, "missing: it declares the step uniform");
  const expanded = expand(file, files);
  const uniform = parse(expanded).uniforms.find(
    (candidate) => candidate.group === 1 && candidate.binding === 0,
  );
  if (uniform === undefined) throw new ShaderFault(file.path, 1, "no uniform at @group(1) @binding(0)");
  return structLayout(uniform, expanded);
}

function reflectKernel(
  file: ShaderFile,
  expanded: Expanded,
  reflection: WgslReflect,
): Omit<KernelModule, "kind" | "source" | "includes"> {
  const variables = [...reflection.storage, ...reflection.uniforms]
    .filter((variable) => variable.group === 0)
    .sort((a, b) => a.binding - b.binding);
  const uniforms = variables.filter((variable) => variable.resourceType === 0);
  if (uniforms.length > 1)
    throw fault(expanded, lineOfVariable(expanded, uniforms[1]), "more than one uniform in group 0");
  const optional = new Set(markedNames(expanded, "optional", /\bvar\s*<[^>]*>\s*(\w+)/));
  return {
    constants: readConstants(file),
    workgroupSize: readWorkgroupSize(expanded),
    bindings: variables.map((variable) => ({
      ...describeBinding(variable, optional, expanded),
      alias: readAlias(expanded, variable.name),
    })),
    params: uniforms[0] === undefined ? null : structLayout(uniforms[0], expanded),
    usesWorkgroupMemory: /\bvar\s*<\s*workgroup\b/.test(withoutComments(file.source)),
    usesStep: expanded.included.includes("lib/step"),
    replaceable: readReplaceable(expanded, reflection),
    hash: createHash("sha256").update(expanded.text).digest("hex").slice(0, 16),
    ...checkStepGroup(file, expanded, reflection),
  };
}

/** wgsl_reflect reports a syntax error with a line of the expanded text; the reader wants the file's. */
function parse(expanded: Expanded): WgslReflect {
  try {
    return new WgslReflect(declarationsOnly(expanded.text));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = Number(/line:?\s*(\d+)/i.exec(message)?.[1] ?? 1);
    throw fault(expanded, line, message.replace(/\.?\s*line:?\s*\d+\.?/i, ""));
  }
}

function describeBinding(
  variable: VariableInfo,
  optional: ReadonlySet<string>,
  expanded: Expanded,
): Omit<ShaderBinding, "alias"> {
  const { name, binding } = variable;
  const type = typeName(variable.type);
  if (variable.resourceType === 0)
    return { name, binding, access: "uniform", type, optional: optional.has(name) };
  if (variable.access !== "read" && variable.access !== "read_write" && variable.access !== "")
    throw fault(
      expanded,
      lineOfVariable(expanded, variable),
      `${name}: access ${variable.access} is not used here`,
    );
  return {
    name,
    binding,
    access: variable.access === "read_write" ? "write" : "read",
    type,
    optional: optional.has(name),
  };
}

/** The alias of a binding's elements, where the file or one that it includes lets what is stored decide it. */
function readAlias({ text }: Expanded, binding: string): string | null {
  const declared = new RegExp(`\\bvar<storage, \\w+> ${binding}: array<(\\w+)>;`).exec(text)?.[1];
  return declared !== undefined && storedAliases(text).includes(declared) ? declared : null;
}

/** Offsets of a struct of 4-byte scalars. */
function structLayout(variable: VariableInfo, expanded: Expanded): ParamsLayout {
  const fields = (variable.members ?? []).map((member) => {
    const type = typeName(member.type);
    if (!isScalar(type)) {
      const line = lineOf(expanded, new RegExp(`\\bstruct\\s+${variable.type.name}\\b`));
      throw fault(
        expanded,
        line,
        `${variable.type.name}.${member.name} is ${type}: only u32, i32 and f32 are packed`,
      );
    }
    return { name: member.name, offset: member.offset, type };
  });
  return { size: Math.ceil(variable.size / 16) * 16, fields };
}

function isScalar(type: string): type is ShaderScalar {
  return type === "u32" || type === "i32" || type === "f32";
}

function readConstants(file: ShaderFile): Record<string, number> {
  const constants: Record<string, number> = {};
  for (const text of file.source.split("\n")) {
    const match = variantLine.exec(text);
    if (match?.[1] !== undefined) constants[match[1]] = Number(match[2]);
  }
  return constants;
}

function readWorkgroupSize(expanded: Expanded): (number | string)[] {
  const code = withoutComments(expanded.text);
  const start = code.search(entryPoint);
  const open = code.indexOf("(", start);
  const sizes = splitArguments(code, open + 1);
  return sizes.map((size) => (/^\d+u?$/.test(size) ? Number.parseInt(size, 10) : size));
}

/** Splits what stands up to the closing parenthesis at its outermost commas. */
function splitArguments(code: string, start: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < code.length; at++) {
    const character = code[at];
    if (character === "(") depth++;
    const closes = character === ")" && depth === 0;
    if (closes || (character === "," && depth === 0)) {
      const part = code.slice(from, at).trim();
      if (part !== "") parts.push(part);
      from = at + 1;
    }
    if (closes) break;
    if (character === ")") depth--;
  }
  return parts;
}

function readReplaceable(expanded: Expanded, reflection: WgslReflect): ReplaceableFunction | null {
  const [name, second] = markedNames(expanded, "replace", /\bfn\s+(\w+)/);
  if (name === undefined) return null;
  if (second !== undefined)
    throw fault(
      expanded,
      lineOf(expanded, new RegExp(`\\bfn\\s+${second}\\b`)),
      "a second //!replace in one kernel",
    );
  const info: FunctionInfo | null = reflection.getFunctionInfo(name);
  if (info === null || info.returnType === null)
    throw fault(
      expanded,
      lineOf(expanded, new RegExp(`\\bfn\\s+${name}\\b`)),
      `${name} returns nothing to replace`,
    );
  const parameters = info.arguments.map((argument) => ({
    name: argument.name,
    type: typeName(argument.type),
  }));
  return { name, parameters, returns: typeName(info.returnType) };
}

/** Names declared on the first line of code after each `//!mark`. */
function markedNames(expanded: Expanded, mark: string, declaration: RegExp): string[] {
  const lines = expanded.text.split("\n");
  const names: string[] = [];
  for (const [index, text] of lines.entries()) {
    if (text.trim() !== `//!${mark}`) continue;
    const next = lines.slice(index + 1).find((line) => line.trim() !== "" && !line.trim().startsWith("//"));
    const name = declaration.exec(next ?? "")?.[1];
    if (name === undefined) throw fault(expanded, index + 1, `//!${mark} stands before nothing it can mark`);
    names.push(name);
  }
  return names;
}

/** Group 1 belongs to the step uniform, and only `lib/step` declares it. */
function checkStepGroup(
  file: ShaderFile,
  expanded: Expanded,
  reflection: WgslReflect,
): Record<string, never> {
  for (const variable of [...reflection.storage, ...reflection.uniforms]) {
    if (variable.group === 0) continue;
    const line = lineOfVariable(expanded, variable);
    if (!originOf(expanded, line).path.endsWith("step.wgsl") || variable.group !== 1)
      throw fault(expanded, line, `${file.name}: group ${variable.group} is not a kernel's to bind`);
  }
  return {};
}

/** A type as WGSL writes it; wgsl_reflect gives runtime-sized arrays the count 0. */
function typeName(type: TypeInfo): string {
  const name = type.getTypeName().replace(/, 0>/g, ">");
  return name.replace(/\bvec([234])([fiuh])\b/g, (_, n: string, t: string) => `vec${n}<${long[t]}>`);
}
const long: Readonly<Record<string, string>> = { f: "f32", i: "i32", u: "u32", h: "f16" };

function lineOfVariable(expanded: Expanded, variable: VariableInfo | undefined): number {
  return lineOf(expanded, new RegExp(`\\bvar\\s*<[^>]*>\\s*${variable?.name ?? ""}\\b`));
}

function lineOf(expanded: Expanded, pattern: RegExp): number {
  return (
    withoutComments(expanded.text)
      .split("\n")
      .findIndex((line) => pattern.test(line)) + 1
  );
}

function fault(expanded: Expanded, line: number, problem: string): ShaderFault {
  const origin = originOf(expanded, line);
  return new ShaderFault(origin.path, origin.line, problem);
}
