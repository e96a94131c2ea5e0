import "../kernels/generated/exchange.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import { defineFlatUpdate } from "./flat_update.ts";

export const exchangeOp = defineFlatUpdate<"exchange/exchange", null>({
  name: "exchange",
  read: [],
  overwritten: ["a", "b"],
  file: "exchange/exchange",
  flops: 0,
  params: (vectors) => ({ vectors }),
});

/**
 * Two states take what the other held.
 * @param a flat state; `b` of the same length
 * @returns the new a and b, in the storage of the old
 */
export function exchange(a: Tensor, b: Tensor): readonly Tensor[] {
  return record(exchangeOp, [a, b], null);
}
