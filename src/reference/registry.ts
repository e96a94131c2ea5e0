import * as add from "./add.ts";
import * as broadcastTo from "./broadcastTo.ts";
import * as matmul from "./matmul.ts";
import * as mul from "./mul.ts";
import * as positive from "./positive.ts";
import type { Reference, ScalarReference } from "./reference.ts";
import * as relu from "./relu.ts";
import * as reshape from "./reshape.ts";
import * as sum from "./sum.ts";

/** An op's reference: a function of tensors, or for elementwise ops a function of numbers. */
export type ReferenceModule = { readonly reference: Reference<never> } | { readonly scalar: ScalarReference };

/** The reference of every op, under the op's name. One line an op. */
export const references: Readonly<Record<string, ReferenceModule>> = {
  add,
  broadcastTo,
  matmul,
  mul,
  positive,
  relu,
  reshape,
  sum,
};
