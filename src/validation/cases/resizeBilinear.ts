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

const values = [3e38, -3e38, 1, Number.POSITIVE_INFINITY, 2, -3e38, 3e38, Number.NaN, 0];

/** What has no weight has no say: every other place of the result is one of the image. */
const unusual: Case = {
  name: "huge numbers, an infinity and a NaN",
  inputs: [{ shape: [1, 3, 3, 1], fill: { kind: "values", values } }],
  build: ([x]) => resizeBilinear(need(x), { size: 5, alignCorners: true }),
  gradient: "skip: not differentiable",
};

export const cases: CaseList = {
  op: "resizeBilinear",
  cases: [...resizes.map(resizeCase), unusual],
  random: (draw) => resizeCase(anyResize(draw)),
};
