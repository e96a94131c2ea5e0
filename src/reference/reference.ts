import type { StepValues } from "../kernels/step.ts";
import type { Shape, TensorType, TypedArray } from "../kernels/types.ts";

/** A tensor on the CPU: f32 as f64, indices as they are; row-major. */
export interface HostTensor extends TensorType {
  readonly data: TypedArray;
}

/** What a reference may know beside its inputs: what kernels read from the step uniform. */
export interface ReferenceContext {
  readonly step: StepValues;
  /** The types that the op's shape rule gave its outputs. */
  readonly outputs: readonly TensorType[];
}

/** An op in plain f64 TypeScript, independent of the kernels: returns the elements of each output, row-major. */
export type Reference<Attributes = unknown> = (
  inputs: readonly HostTensor[],
  attributes: Attributes,
  context: ReferenceContext,
) => readonly TypedArray[];

/** An elementwise op's reference is one function of numbers; formulas are evaluated with it. */
export type ScalarReference = (...operands: number[]) => number;

/** Throws where a reference is called without an input: a mistake in the op's definition. */
export function input(inputs: readonly HostTensor[], index: number): HostTensor {
  const tensor = inputs[index];
  if (!tensor) throw new Error(`internal: reference called without input ${index}`);
  return tensor;
}

/** Reads an element that must exist. */
export function at(data: TypedArray, index: number): number {
  const value = data[index];
  if (value === undefined) throw new Error(`internal: reference read element ${index} of ${data.length}`);
  return value;
}

export function count(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}
