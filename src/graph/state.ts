import type { TensorType, TypedArray } from "../kernels/types.ts";
import { elementCount, storedValues } from "../kernels/types.ts";

let states = 0;

/**
 * Storage that outlives a run: parameters, moments, datasets. Flat; tensors are views of its pieces. The values
 * here are those it starts with; an engine keeps the current ones on its device.
 */
export class State {
  readonly id = ++states;
  readonly label: string;
  /** One axis: the number of elements. */
  readonly type: TensorType;
  readonly initial: TypedArray;

  constructor(label: string, type: TensorType, initial: TypedArray) {
    this.label = label;
    this.type = { dtype: type.dtype, shape: [elementCount(type.shape)] };
    this.initial = type.dtype === "f16" ? storedValues("f16", initial) : initial;
  }
}
