import { constantTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Parameter, ParameterSet } from "../nn/parameters.ts";
import { segmentBlock } from "../ops/optimizer.ts";

/**
 * What an op over flat parameters reads for each block of 64 elements.
 * @param width numbers a block
 * @param valuesOf a block's numbers, by its parameter and how many of that one's elements are before it
 */
export function blockTable(
  { parameters, length }: ParameterSet,
  dtype: "f32" | "u32",
  width: number,
  valuesOf: (parameter: Parameter, done: number) => readonly number[],
): Tensor {
  const size = width * Math.ceil(length / segmentBlock);
  const table = dtype === "f32" ? new Float32Array(size) : new Uint32Array(size);
  for (const parameter of parameters) {
    for (let done = 0; done < parameter.length; done += segmentBlock) {
      table.set(valuesOf(parameter, done), width * ((parameter.offset + done) / segmentBlock));
    }
  }
  return vector(table);
}

export const vector = (values: Float32Array | Uint32Array): Tensor =>
  constantTensor(values, { shape: [values.length], dtype: values instanceof Float32Array ? "f32" : "u32" });
