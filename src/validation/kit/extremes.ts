import type { Tensor } from "../../graph/tensor.ts";
import type { Case } from "../case.ts";
import { unaryCase } from "./shapes.ts";

/** Where exponentials overflow, tanh has become ±1, squares leave f32; and what is almost nothing. */
const magnitudes = [1e-30, 1e-7, 0.03125, 7.875, 9.015625, 87, 88.6875, 88.75, 104, 1e4, 3e38];

/** 0, huge, tiny, and a NaN that has to come out again. */
export const extremes: readonly number[] = [0, ...magnitudes, ...magnitudes.map((size) => -size), Number.NaN];

/** A case of given numbers. Their finite differences mean nothing, so it has no gradient check. */
export function valuesCase(name: string, values: readonly number[], apply: (x: Tensor) => Tensor): Case {
  const fill = { kind: "values", values } as const;
  return { ...unaryCase(name, [values.length], apply, fill), gradient: "skip: not differentiable" };
}

/** The extremes: the reference is finite there, and so must the kernels be. */
export const extremesCase = (apply: (x: Tensor) => Tensor): Case => valuesCase("extremes", extremes, apply);
