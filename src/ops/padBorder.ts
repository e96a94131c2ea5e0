import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { BorderAttributes } from "./border_adjoints.ts";
import { borderAdjoints } from "./border_adjoints.ts";

export const padBorderOp = borderAdjoints.padBorder;

/** x with a border filled from x itself, on all axes at once; `pad` builds the user's form of it. */
export function padBorder(x: Tensor, attributes: BorderAttributes): Tensor {
  return apply(padBorderOp, [x], attributes);
}
