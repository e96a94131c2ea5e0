import type { Tensor } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import type { Case, CaseInput, Draw, Fill } from "../case.ts";
import { need } from "./shapes.ts";

/** Values move bit for bit. */
export function moving(name: string, shape: Shape, apply: (x: Tensor) => Tensor, options: Moving = {}): Case {
  const { dtype, ...rest } = options;
  const input: CaseInput = dtype ? { shape, dtype, fill: words(dtype) } : { shape };
  return { name, inputs: [input], build: ([x]) => apply(need(x)), tolerance: { kind: "exact" }, ...rest };
}

interface Moving extends Pick<Case, "gradient"> {
  readonly dtype?: "u32" | "i32";
}

/** The whole range of an integer: as f32, many are NaN or too small to be kept. */
export function words(dtype: "u32" | "i32"): Fill {
  if (dtype === "u32") return { kind: "indices", below: 0xffffffff };
  return { kind: "uniform", low: -(2 ** 31), high: 2 ** 31 };
}

/** A small shape. */
export function drawShape(draw: Draw, least = 1, most = 4): number[] {
  return Array.from({ length: draw.integer(least, most) }, () => draw.integer(1, 6));
}
