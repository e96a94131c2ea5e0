import { resizeBilinear } from "../../ops/resizeBilinear.ts";
import type { Case, CaseList } from "../case.ts";
import type { Resize } from "../kit/resizes.ts";
import { anyResize, resizes } from "../kit/resizes.ts";
import { need } from "../kit/shapes.ts";

function resizeCase({ name, image, options }: Resize): Case {
  return {
    name,
    inputs: [{ shape: image }],
    build: ([x]) => resizeBilinear(need(x), options),
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "resizeBilinear",
  cases: resizes.map(resizeCase),
  random: (draw) => resizeCase(anyResize(draw)),
};
