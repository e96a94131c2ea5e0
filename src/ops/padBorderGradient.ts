import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { BorderAxisAttributes } from "./border_adjoints.ts";
import { borderAdjoints } from "./border_adjoints.ts";

export const padBorderGradientOp = borderAdjoints.padBorderGradient;

/** Σ dy over the places of a border along one axis that were filled from an element, and its own. */
export function padBorderGradient(dy: Tensor, attributes: BorderAxisAttributes): Tensor {
  return apply(padBorderGradientOp, [dy], attributes);
}
