import type { Formula, FormulaArgument } from "./formula.ts";
import { functionsUsed, operandsUsed } from "./formula.ts";
import type { FusedWork, Kernel, KernelRequest } from "./kernel.ts";
import type { KernelFacts, KernelModule, ShaderBinding } from "./shader_module.ts";
import { kernelFacts, loadShaders, shaderFacts, shaderSource } from "./shaders.ts";
import { halfAliases, namesInOrder } from "./stored_types.ts";

/** A kernel with its constants set and its fused work in place: what becomes a pipeline. */
export interface Specialised {
  readonly label: string;
  /** The bindings of group 0 that enter the layout. */
  readonly bindings: readonly ShaderBinding[];
  readonly usesStep: boolean;
  /** Fetches the texts that the source is made of. */
  load(): Promise<void>;
  /** Complete WGSL: includes expanded. Only once the texts are loaded. */
  readonly source: string;
}

/** What a pipeline is made of; one whose source is there loads nothing. */
export type KernelSource = Omit<Specialised, "load"> & Partial<Pick<Specialised, "load">>;

/** Says how the WGSL of one variant is made: constants by value, the marked function by fused work, includes expanded once. */
export function specialise<Attributes>(
  kernel: Kernel<Attributes>,
  request: KernelRequest<Attributes>,
): Specialised {
  const facts = kernelFacts(kernel.file);
  const fused = kernel.fused?.(request) ?? null;
  const functions = fused ? functionsUsed(fused.formula).map(elementwisePath) : [];
  let source: string | undefined;
  return {
    label: kernel.name,
    bindings: facts.bindings.filter((binding) => !binding.optional || fusedNames(fused).has(binding.name)),
    usesStep: facts.usesStep,
    load: () => loadShaders([kernel.file, ...functions, ...Object.values(kernel.includes)]),
    get source() {
      source ??= write(kernel, request, fused, functions);
      return source;
    },
  };
}

function write<Attributes>(
  kernel: Kernel<Attributes>,
  request: KernelRequest<Attributes>,
  fused: FusedWork | null,
  functions: readonly string[],
): string {
  const facts = kernelFacts(kernel.file);
  const own = { source: shaderSource(kernel.file) };
  let source = setConstants(kernel.name, own, kernel.constants(request));
  if (fused) source = replaceMarked(kernel.name, facts, source, fused);
  source = expandIncludes(source, functions, kernel.includes);
  // Included files name what is stored as well.
  return setAliases(kernel.name, source, aliasesToHalve(kernel, request, facts));
}

function fusedNames(fused: FusedWork | null): Set<string> {
  if (!fused) return new Set();
  return new Set(operandsUsed(fused.formula).map((index) => fused.operands[index] ?? ""));
}

/** The source with other values for its leading constants. @throws Error where it has no such constant */
export function setConstants(
  where: string,
  module: Pick<KernelModule, "source">,
  values: Readonly<Record<string, number>>,
): string {
  let source = module.source;
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^const ${name}: u32 = [0-9]+u?;`, "m");
    if (!line.test(source)) throw new Error(`internal: ${where}: the shader has no constant ${name}`);
    source = source.replace(line, `const ${name}: u32 = ${value};`);
  }
  return source;
}

function aliasesToHalve<Attributes>(
  kernel: Kernel<Attributes>,
  request: KernelRequest<Attributes>,
  { bindings }: KernelFacts,
): string[] {
  const names = kernel.bindings?.(request) ?? namesInOrder(bindings);
  return halfAliases(bindings, names, [...request.inputs, ...request.outputs]);
}

/** Has aliases say f16; a file that says it nowhere stays as it is. */
function setAliases(where: string, source: string, aliases: readonly string[]): string {
  if (aliases.length === 0) return source;
  const halved = aliases.reduce((text, alias) => {
    const line = new RegExp(`^(alias ${alias} = (?:vec4<)?)f32(>?;)`, "m");
    if (!line.test(text)) throw new Error(`internal: ${where}: the shader has no alias ${alias}`);
    return text.replace(line, "$1f16$2");
  }, source);
  return `enable f16;\n${halved}`;
}

function replaceMarked(where: string, module: KernelFacts, source: string, fused: FusedWork): string {
  const marked = module.replaceable;
  if (!marked) throw new Error(`internal: ${where}: nothing is marked //!replace`);
  const start = source.indexOf(`fn ${marked.name}(`, source.indexOf("//!replace"));
  const open = source.indexOf("{", start);
  const close = source.indexOf("\n}", open);
  if (start < 0 || open < 0 || close < 0)
    throw new Error(`internal: ${where}: cannot find the body of ${marked.name}`);
  const places = marked.parameters.map((parameter) => parameter.name).filter((name) => name !== "value");
  const body = writeBody(fused.formula, (index) => {
    const name = fused.operands[index] ?? "";
    return name === "value" ? "value" : `load_${name}(${places.join(", ")})`;
  });
  return `${source.slice(0, open + 1)}\n${body}${source.slice(close)}`;
}

/** The statements of a formula: each operand is loaded once, each line is one call. */
export function writeBody(formula: Formula, load: (operand: number) => string): string {
  const loads = operandsUsed(formula).map((index) => `  let operand${index} = ${load(index)};`);
  const calls = formula.lines.map((line, index) => {
    const call = `op_${line.function}(${line.arguments.map(writeArgument).join(", ")})`;
    return `  let line${index} = ${call};`;
  });
  const result = formula.lines.length > 0 ? `line${formula.lines.length - 1}` : "operand0";
  return [...loads, ...calls, `  return ${result};`].join("\n");
}

function writeArgument(argument: FormulaArgument): string {
  switch (argument.kind) {
    case "operand":
      return `operand${argument.index}`;
    case "line":
      return `line${argument.index}`;
    case "constant":
      return `vec4<f32>(${writeNumber(argument.value)})`;
    default:
      return argument satisfies never;
  }
}

/** A literal that reads back as the same f32. */
function writeNumber(value: number): string {
  const rounded = Math.fround(value);
  if (!Number.isFinite(rounded)) throw new Error(`internal: WGSL has no literal for ${value}`);
  return `${rounded}f`;
}

const elementwisePath = (name: string) => `elementwise/${name}`;

/**
 * Replaces each include by its file, or by what the kernel wants in its place, once; directives come first, then
 * functions of fused work.
 */
function expandIncludes(
  source: string,
  functions: readonly string[],
  replaced: Readonly<Record<string, string>>,
): string {
  const done = new Set<string>();
  const parts: string[] = [];
  const add = (included: string) => {
    const path = replaced[included] ?? included;
    if (done.has(path)) return;
    done.add(path);
    shaderFacts(path).includes.forEach(add);
    parts.push(withoutIncludes(shaderSource(path)));
  };
  functions.forEach(add);
  for (const match of source.matchAll(includePattern)) if (match[1]) add(match[1]);
  const directives = source.match(directivePattern) ?? [];
  return [...directives, ...parts, withoutIncludes(source).replace(directivePattern, "")].join("\n");
}

/** What WGSL wants before all declarations, those of included files among them. */
const directivePattern = /^(enable|requires|diagnostic)\b.*;$/gm;

const includePattern = /^\/\/!include (\S+)\.wgsl$/gm;

const withoutIncludes = (source: string) => source.replace(includePattern, "");
