import type { ShaderBinding } from "./shader_module.ts";
import type { TensorType } from "./types.ts";

/** The binding that an input or output fills, if any, or those. */
export type BindingNames = string | readonly string[] | null;

/** For the inputs followed by the outputs, the names of their bindings: in the file's order where a kernel gives none. */
export function namesInOrder(bindings: readonly ShaderBinding[]): string[] {
  const named = (access: ShaderBinding["access"]) =>
    bindings.filter((binding) => binding.access === access).map((binding) => binding.name);
  return [...named("read"), ...named("write")];
}

/** The aliases in a kernel's file that have to say f16, by what is stored behind their bindings. */
export function halfAliases(
  bindings: readonly ShaderBinding[],
  names: readonly BindingNames[],
  types: readonly TensorType[],
): string[] {
  const half = namesOfHalf(names, types);
  return bindings.flatMap(({ name, alias }) => (alias !== null && half.has(name) ? [alias] : []));
}

/** Whether every f16 tensor has a binding that can be stored so. */
export function storesAll(
  bindings: readonly ShaderBinding[],
  names: readonly BindingNames[],
  types: readonly TensorType[],
): boolean {
  const half = namesOfHalf(names, types);
  return bindings.every(({ name, alias }) => alias !== null || !half.has(name));
}

function namesOfHalf(names: readonly BindingNames[], types: readonly TensorType[]): Set<string> {
  const half = new Set<string>();
  types.forEach(({ dtype }, place) => {
    const own = names[place] ?? [];
    if (dtype === "f16") for (const name of typeof own === "string" ? [own] : own) half.add(name);
  });
  return half;
}
