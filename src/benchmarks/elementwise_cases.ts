import type { Op } from "../graph/op.ts";
import { castIntegerOp } from "../ops/castInteger.ts";
import { mishOp } from "../ops/mish.ts";
import { powOp } from "../ops/pow.ts";
import { sinOp } from "../ops/sin.ts";
import { whereOp } from "../ops/where.ts";
import type { CaseInput, KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

const length = 1 << 20;

/** An op of so many vectors of a length that leaves the caches. */
function vectorCase<Attributes>(
  op: Op<Attributes>,
  attributes: Attributes,
  values: readonly CaseInput["values"][] = [undefined],
): KernelCase {
  return kernelCase(op, () => attributes, {
    case: `${length} elements`,
    inputs: values.map((kind) => ({
      shape: [length],
      axes: "i",
      ...(kind !== undefined && { values: kind }),
    })),
    outputAxes: ["i"],
  });
}

/** An activation, what selects, the dearest functions, and the one op of the family with a kernel of its own. */
export const elementwiseCases: readonly KernelCase[] = [
  vectorCase(mishOp, null),
  vectorCase(whereOp, null, ["signed", "signed", "signed"]),
  vectorCase(sinOp, { quarters: 0 }),
  vectorCase(powOp, null, ["positive", "signed"]),
  vectorCase(castIntegerOp, { dtype: "i32" }),
];
