import { im2col } from "../../ops/im2col.ts";
import type { Case, CaseList } from "../case.ts";
import type { Convolution } from "../kit/convolutions.ts";
import { convolutions, randomConvolution } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";

function columnsCase({ name, image, attributes, gradient }: Convolution): Case {
  return {
    name,
    inputs: [{ shape: image }],
    build: ([x]) => im2col(need(x), attributes),
    tolerance: { kind: "exact" },
    ...gradient,
  };
}

export const cases: CaseList = {
  op: "im2col",
  cases: convolutions.map(columnsCase),
  random: (draw) => columnsCase(randomConvolution(draw)),
};
