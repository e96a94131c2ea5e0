import { CheckpointError } from "../../device/errors.ts";
import { halfValue } from "../../kernels/half.ts";
import type { SafetensorsDtype, SafetensorsTensor } from "./format.ts";

/** Dtypes that weights may have in a file. */
export const floatDtypes: readonly SafetensorsDtype[] = ["F32", "F64", "F16", "BF16"];

/**
 * A tensor's numbers as f32: F32 as it is, F16 and BF16 exactly, F64 rounded to the nearest.
 * @throws CheckpointError for other dtypes
 */
export function toFloat32(tensor: SafetensorsTensor, where = "safetensors"): Float32Array {
  switch (tensor.dtype) {
    case "F32":
      return tensor.data;
    case "F64":
      return Float32Array.from(tensor.data);
    case "F16":
      return Float32Array.from(tensor.data, halfValue);
    case "BF16":
      // The upper half of an f32.
      return new Float32Array(Uint32Array.from(tensor.data, (bits) => bits << 16).buffer);
    default:
      throw new CheckpointError({
        where,
        problem: "no dtype of weights",
        got: tensor.dtype,
        expected: floatDtypes.join(", "),
      });
  }
}
