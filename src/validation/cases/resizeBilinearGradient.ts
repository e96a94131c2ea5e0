import { resizeBilinearGradient } from "../../ops/resizeBilinearGradient.ts";
import type { Case, CaseList } from "../case.ts";
import type { Resize } from "../kit/resizes.ts";
import { anyResize, resizes } from "../kit/resizes.ts";
import { need } from "../kit/shapes.ts";

function spreadCase({ name, attributes, resized }: Resize): Case {
  return {
    name,
    inputs: [{ shape: resized }],
    build: ([dy]) => resizeBilinearGradient(need(dy), attributes),
    ...(name === "many workgroups" && { gradient: "skip: large" as const }),
  };
}

export const cases: CaseList = {
  op: "resizeBilinearGradient",
  cases: resizes.map(spreadCase),
  random: (draw) => spreadCase(anyResize(draw)),
};
