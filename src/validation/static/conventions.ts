/** The conventions of shaders/README.md that a text can be held against. */
import { WgslReflect } from "wgsl_reflect/wgsl_reflect.module.js";
import type { KernelModule, ShaderModule } from "../../kernels/shader_module.ts";
import { declarationsOnly, lineAt, type ShaderFile, storedAliases, withoutComments } from "./shader_files.ts";

const mostLines = 400;
const mostStorageBuffers = 8;

/** One thing that is asked of a file; it yields what is wrong, each with its place. */
export interface Convention {
  readonly name: string;
  readonly look: (file: ShaderFile, module: ShaderModule) => Iterable<string>;
}

export const conventions: readonly Convention[] = [
  { name: "header", look: header },
  { name: "constants", look: constants },
  { name: "bindings", look: bindings },
  { name: "aliases of what is stored", look: aliases },
  { name: "entry point", look: entryPoint },
  { name: "functions", look: functions },
  { name: "features and atomics", look: features },
  { name: "loop bounds", look: loopBounds },
  { name: "parses as it lies", look: parses },
  { name: `at most ${mostLines} lines`, look: length },
];

function* header(file: ShaderFile, module: ShaderModule): Iterable<string> {
  const lines = file.source.split("\n");
  if (!lines[0]?.startsWith(`// ${file.name}: `))
    yield `${file.path}:1: the first line is not "// ${file.name}: …"`;
  const comment = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith("//")),
  );
  if (module.kind === "kernel" && !comment.some((line) => line.startsWith("// Grid: ")))
    yield `${file.path}:1: the header has no "// Grid: …" line`;
}

/** A loop whose bounds are constants and parameters alone hides the latter by `loop_bound`, see shaders/lib/grid.wgsl. */
function* loopBounds(file: ShaderFile): Iterable<string> {
  if (file.name.startsWith("roofline/")) return; // one value each: nothing is compiled anew
  const code = withoutComments(file.source);
  const aliases = [...code.matchAll(/let (\w+) = params\.\w+( [*/] (params\.\w+|\d+))*;/g)];
  const visible = ["params\\.\\w+", ...aliases.map((match) => `\\b${match[1]}\\b`)].join("|");
  for (const loop of code.matchAll(/\bfor \(var \w+ = ([^;]*); ([^;]*);/g)) {
    const [, first = "", condition = ""] = loop;
    const constant = new RegExp(`^(\\d+u?|${visible})( [*/%] \\d+)?$`).test(first.trim());
    const shown = `${first} ${condition}`.replaceAll(/loop_bound\([^;]*\)/g, "");
    if (constant && new RegExp(visible).test(shown))
      yield `${file.path}:${lineAt(code, loop.index)}: a parameter bounds the loop, without loop_bound`;
  }
}

/** Variants come first, each on a line that the specialiser can rewrite. */
function* constants(file: ShaderFile): Iterable<string> {
  const lines = file.source.split("\n");
  const code = lines.findIndex((line) => /^\s*(\/\/!|struct|fn|var|@)/.test(line));
  for (const [index, line] of lines.entries()) {
    const place = `${file.path}:${index + 1}`;
    const variant = /\/\/\s*variant:/.test(line);
    const literal = /^const\s+\w+\s*:\s*u32\s*=\s*\d+u?\s*;/.test(line);
    if (variant && !literal) yield `${place}: a variant is written const NAME: u32 = 1; // variant: …`;
    if (variant && code >= 0 && index > code) yield `${place}: a variant stands before all code`;
    if (literal && !variant && code >= 0 && index < code)
      yield `${place}: a leading constant says // variant: …`;
  }
}

function* bindings(file: ShaderFile, module: ShaderModule): Iterable<string> {
  if (module.kind === "library") {
    if (file.name !== "lib/step" && /@binding\b/.test(withoutComments(file.source)))
      yield `${file.path}:1: a library binds nothing`;
    return;
  }
  const numbers = module.bindings.map((binding) => binding.binding);
  if (numbers.some((number, index) => number !== index))
    yield `${file.path}: binding numbers ${numbers.join(", ")}`;
  const ranks = module.bindings.map(rank);
  if (ranks.some((value, index) => value < (ranks[index - 1] ?? 0)))
    yield `${file.path}: bindings go inputs, optional operands, outputs, params`;
  const storage = ranks.filter((value) => value < 3).length;
  if (storage > mostStorageBuffers)
    yield `${file.path}: ${storage} storage buffers; most is ${mostStorageBuffers}`;
  if (!ranks.includes(2)) yield `${file.path}: no output`;
  yield* namesOfBindings(file, module);
}

/**
 * A kernel's name the elements of one binding each: the tensor there alone decides what it says. A library may name what
 * it likes.
 */
function* aliases(file: ShaderFile, module: ShaderModule): Iterable<string> {
  if (module.kind === "library") return;
  const code = withoutComments(file.source);
  const stored = storedAliases(file.source);
  for (const match of code.matchAll(/^\s*alias\s+(\w+)/gm)) {
    const name = match[1] ?? "";
    const place = `${file.path}:${lineAt(code, match.index)}`;
    const users = [...code.matchAll(new RegExp(`\\bvar<storage, \\w+> \\w+: array<${name}>;`, "g"))];
    if (!stored.includes(name))
      yield `${place}: an alias is written alias NAME = f32 or vec4<f32>;  // storage: f32 or f16`;
    if (users.length !== 1) yield `${place}: ${users.length} bindings of ${name}; expected one`;
  }
}

function* namesOfBindings(file: ShaderFile, module: KernelModule): Iterable<string> {
  for (const { name, access, type, optional } of module.bindings) {
    if (access === "uniform" && (name !== "params" || type !== "Params"))
      yield `${file.path}: the uniform is ${name}: ${type}; expected params: Params`;
    if (optional && !new RegExp(`\\bfn\\s+load_${name}\\s*\\(`).test(file.source))
      yield `${file.path}: the optional ${name} has no fn load_${name}`;
  }
}

function rank({ access, optional }: KernelModule["bindings"][number]): number {
  if (access === "uniform") return 3;
  if (access === "write") return 2;
  return optional ? 1 : 0;
}

function* entryPoint(file: ShaderFile, module: ShaderModule): Iterable<string> {
  const code = withoutComments(file.source);
  const entries = [...code.matchAll(/@compute\b[^{]*?\bfn\s+(\w+)/g)];
  const expected = module.kind === "kernel" ? 1 : 0;
  if (entries.length !== expected) yield `${file.path}: ${entries.length} entry points; expected ${expected}`;
  for (const entry of entries)
    if (entry[1] !== "main")
      yield `${file.path}:${lineAt(code, entry.index)}: the entry point is ${entry[1]}, not main`;
  if (/@(vertex|fragment)\b/.test(code)) yield `${file.path}: only compute entry points`;
}

/** Elementwise functions are put together by name, over vec4<f32> only. */
function* functions(file: ShaderFile, module: ShaderModule): Iterable<string> {
  if (!file.name.startsWith("elementwise/") || module.kind === "kernel") return;
  const name = file.name.slice("elementwise/".length);
  if (!module.functions.some((own) => own === name || own === `op_${name}`))
    yield `${file.path}: defines no function ${name} or op_${name}`;
}

function* features(file: ShaderFile): Iterable<string> {
  const code = withoutComments(file.source);
  for (const match of code.matchAll(/^[ \t]*(enable|requires)\s+(\w+)/gm)) {
    if (new RegExp(`^// [Ff]eatures?:.*\\b${match[2]}\\b`, "m").test(file.source)) continue;
    yield `${file.path}:${lineAt(code, match.index)}: ${match[1]} ${match[2]} without "// Feature: ${match[2]}" in the header`;
  }
  for (const match of code.matchAll(/atomic<\s*(?!u32|i32)(\w+)/g))
    yield `${file.path}:${lineAt(code, match.index)}: an atomic ${match[1]}`;
  const exchange = code.search(/atomicCompareExchangeWeak/);
  if (exchange >= 0 && /bitcast<f32>/.test(code))
    yield `${file.path}:${lineAt(code, exchange)}: a float atomic by compare and exchange gives other bits each run`;
}

function* parses(file: ShaderFile): Iterable<string> {
  try {
    new WgslReflect(declarationsOnly(file.source));
  } catch (error) {
    yield `${file.path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function* length(file: ShaderFile): Iterable<string> {
  const lines = file.source.trimEnd().split("\n").length;
  if (lines > mostLines) yield `${file.path}: ${lines} lines`;
}
