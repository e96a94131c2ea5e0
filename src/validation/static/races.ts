/** Runs a kernel's workgroups in an interpreter that knows which invocations a missing barrier leaves unordered. */
import { detectRaces } from "wgsl_reflect/wgsl_reflect.module.js";
import type { KernelFacts, ParamsLayout, ShaderBinding } from "../../kernels/shader_module.ts";
import { type Expanded, originOf, type ShaderFile, withoutComments } from "./shader_files.ts";

/** Sizes at which a kernel is run. */
export interface RaceSizes {
  /** Small, and no power of two, where nothing is said. */
  readonly params?: Readonly<Record<string, number>>;
  readonly workgroups?: number;
}

/** What a parameter is when nothing is said: enough for a second tile of 8, since what races may be two rounds of a loop. */
const defaultScalar = 9;
const bufferBytes = 16_384;

export function usesWorkgroupMemory(expanded: Expanded): boolean {
  return /\bvar\s*<\s*workgroup\s*>/.test(withoutComments(expanded.text));
}

/** @returns one line for each pair of source lines that race, and for each fault of the interpreter */
export function findRaces(
  file: ShaderFile,
  module: KernelFacts,
  expanded: Expanded,
  step: ParamsLayout,
  sizes: RaceSizes = {},
): string[] {
  const group0 = Object.fromEntries(
    module.bindings.map((binding) => [
      String(binding.binding),
      bindingData(binding, module, sizes.params ?? {}),
    ]),
  );
  const group1 = { "0": { uniform: uniformData(step, {}) } };
  const groups = module.usesStep ? { "0": group0, "1": group1 } : { "0": group0 };
  return run(file, expanded, groups, sizes.workgroups ?? 2);
}

type BindGroups = Parameters<typeof detectRaces>[3];

function run(file: ShaderFile, expanded: Expanded, groups: BindGroups, workgroups: number): string[] {
  // The interpreter prints what it cannot do and goes on; here that is a finding.
  const printed: string[] = [];
  const print = console.error;
  console.error = (...parts: unknown[]) => printed.push(parts.join(" "));
  try {
    const { races, errors } = detectRaces(forInterpreter(expanded.text), "main", [workgroups], groups);
    const found = races.map((race) => {
      const [a, b] = [originOf(expanded, race.a.line), originOf(expanded, race.b.line)];
      return `${a.path}:${a.line} (${race.a.kind}) races with line ${b.line} (${race.b.kind}) on ${race.bufferId}`;
    });
    return [...new Set([...found, ...[...errors, ...printed].map((error) => `${file.path}: ${error}`)])];
  } catch (error) {
    return [
      `${file.path}: the interpreter failed: ${error instanceof Error ? error.message : String(error)}`,
    ];
  } finally {
    console.error = print;
  }
}

/**
 * Works around four faults of the interpreter: it knows no alias, it wants the matrix element type that WGSL infers, it runs past a barrier
 * that is the first statement of a block, and it knows no assertions. Lines stay where they are.
 */
function forInterpreter(source: string): string {
  let pauses = 0;
  const code = withoutComments(source);
  const resolved = [...code.matchAll(/^alias (\w+) = ([^;]*);/gm)].reduce(
    (text, [, alias = "", type = ""]) => text.replace(new RegExp(`\\b${alias}\\b`, "g"), type),
    code.replace(/^alias .*$/gm, ""),
  );
  return resolved
    .replace(/^const_assert\b.*;$/gm, "")
    .replace(/\b(mat[234]x[234])\s*\(/g, "$1<f32>(")
    .replace(
      /\b(workgroupBarrier|storageBarrier)\s*\(\s*\)\s*;/g,
      (barrier) => `var pause${pauses++} = 0u; ${barrier}`,
    );
}

function bindingData(binding: ShaderBinding, module: KernelFacts, params: Readonly<Record<string, number>>) {
  if (binding.access === "uniform")
    return { uniform: module.params === null ? new ArrayBuffer(16) : uniformData(module.params, params) };
  const data = new ArrayBuffer(bufferBytes);
  // Indices stay small enough for every buffer; values stay finite.
  if (/f32/.test(binding.type)) new Float32Array(data).fill(0.5);
  else new Uint32Array(data).set(Array.from({ length: bufferBytes / 4 }, (_, index) => index % 3));
  return data;
}

function uniformData(layout: ParamsLayout, values: Readonly<Record<string, number>>): ArrayBuffer {
  const data = new ArrayBuffer(layout.size);
  const view = new DataView(data);
  for (const { name, offset, type } of layout.fields) {
    const value = values[name] ?? (type === "f32" ? 0.5 : defaultScalar);
    if (type === "f32") view.setFloat32(offset, value, true);
    else view.setUint32(offset, value, true);
  }
  return data;
}
