import type { TypedArray } from "../../kernels/types.ts";
import { hostArray } from "../../reference/executor.ts";
import { fillInput } from "../fill.ts";
import type { KernelSpec } from "./kernel_spec.ts";

/** A spec's inputs and what must come of them. */
export interface SpecValues {
  readonly inputs: Readonly<Record<string, TypedArray>>;
  readonly expected: Readonly<Record<string, TypedArray>>;
}

export function specValues(spec: KernelSpec): SpecValues {
  const entries = Object.entries(spec.inputs);
  const inputs = Object.fromEntries(
    entries.map(([name, input], place) => [name, fillInput(input, spec.seed ?? 0, place)] as const),
  );
  return { inputs, expected: referenceOf(spec, inputs) };
}

/** The reference's results as it is meant to be asked: with copies in f64. */
export function referenceOf(
  spec: KernelSpec,
  inputs: Readonly<Record<string, TypedArray>>,
): Record<string, TypedArray> {
  const copies = Object.entries(inputs).map(([name, values]) => [name, Float64Array.from(values)] as const);
  const results = spec.reference(Object.fromEntries(copies));
  return Object.fromEntries(
    Object.entries(spec.outputs).map(([name, { dtype = "f32" }]) => {
      const values = results[name] ?? [];
      return [name, hostArray(dtype, values)];
    }),
  );
}
