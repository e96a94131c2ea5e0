import type { CastIntegerAttributes } from "../ops/castInteger.ts";
import type { Reference } from "./reference.ts";
import { input } from "./reference.ts";

export const reference: Reference<CastIntegerAttributes> = (inputs, { dtype }) => {
  const { data } = input(inputs, 0);
  switch (dtype) {
    case "f32":
      return [Float64Array.from(data)];
    case "u32":
      return [Uint32Array.from(data, (x) => held(x, 0, 2 ** 32 - 1))];
    case "i32":
      return [Int32Array.from(data, (x) => held(x, -(2 ** 31), 2 ** 31 - 1))];
    default:
      return dtype satisfies never;
  }
};

/** The integer part within a range, 0 for NaN. */
const held = (x: number, low: number, high: number): number =>
  Number.isNaN(x) ? 0 : Math.min(Math.max(Math.trunc(x), low), high);
