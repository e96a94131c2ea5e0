import type { Kernel, KernelRequest } from "./kernel.ts";
import type { ShaderBinding } from "./shader_module.ts";
import type { Specialised } from "./specialise.ts";
import { namesInOrder } from "./stored_types.ts";

/** What a slot of bind group 0 holds. */
export type BindingSource =
  | { readonly kind: "input"; readonly index: number }
  | { readonly kind: "output"; readonly index: number }
  | { readonly kind: "params" };

/** One entry of bind group 0, by the number that the shader gives it. */
export interface PlannedBinding {
  readonly binding: number;
  readonly source: BindingSource;
}

/**
 * Says what fills each slot of a kernel's bind group: by the names that the kernel gives, else the inputs in the order
 * of the file's read bindings and the outputs in that of its written ones. Inputs that the kernel reads through an
 * output's slot, and operands that fused work ignores, appear nowhere.
 * @throws Error where the kernel's names and its file do not fit: a mistake in its description
 */
export function planBindings<Attributes>(
  kernel: Kernel<Attributes>,
  request: KernelRequest<Attributes>,
  { bindings }: Pick<Specialised, "bindings">,
): PlannedBinding[] {
  const sources = namedSources(kernel, request, bindings);
  return bindings.map(({ name, binding, access }) => {
    if (access === "uniform") return { binding, source: params };
    const source = sources.get(name);
    if (!source) throw new Error(`internal: ${kernel.name}: nothing fills the binding ${name}`);
    if ((source.kind === "output") !== (access === "write")) {
      throw new Error(
        `internal: ${kernel.name}: ${source.kind} ${source.index} cannot fill the binding ${name}`,
      );
    }
    return { binding, source };
  });
}

const params = { kind: "params" } as const;

type Placed = Exclude<BindingSource, { kind: "params" }>;

function namedSources<Attributes>(
  kernel: Kernel<Attributes>,
  request: KernelRequest<Attributes>,
  bindings: readonly ShaderBinding[],
): Map<string, Placed> {
  const { inputs, outputs } = request;
  const names = kernel.bindings?.(request) ?? namesInOrder(bindings);
  if (names.length !== inputs.length + outputs.length) {
    throw new Error(
      `internal: ${kernel.name}: ${names.length} bindings for ${inputs.length} inputs and ${outputs.length} outputs`,
    );
  }
  const sources = new Map<string, Placed>();
  names.forEach((name, place) => {
    const output = place - inputs.length;
    for (const own of typeof name === "string" ? [name] : (name ?? [])) {
      if (sources.has(own)) throw new Error(`internal: ${kernel.name}: the binding ${own} is given twice`);
      sources.set(own, output < 0 ? { kind: "input", index: place } : { kind: "output", index: output });
    }
  });
  return sources;
}
