import { resizeNearest } from "../../ops/resizeNearest.ts";
import type { Case, CaseList } from "../case.ts";
import type { Resize } from "../kit/resizes.ts";
import { anyResize, resizes } from "../kit/resizes.ts";
import { need } from "../kit/shapes.ts";

function resizeCase({ name, image, options }: Resize): Case {
  return {
    name,
    inputs: [{ shape: image }],
    build: ([x]) => resizeNearest(need(x), options),
    tolerance: { kind: "exact" },
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "resizeNearest",
  cases: resizes.map(resizeCase),
  random: (draw) => resizeCase(anyResize(draw)),
};
