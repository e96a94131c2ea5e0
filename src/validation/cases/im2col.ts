import type { WindowAttributes } from "../../ops/convolution.ts";
import { im2col } from "../../ops/im2col.ts";
import type { Case, CaseList } from "../case.ts";
import { convolutions } from "../kit/convolutions.ts";
import { need } from "../kit/shapes.ts";
import { anyWindows } from "../kit/windows.ts";

const columnsCase = (name: string, attributes: WindowAttributes): Case => ({
  name,
  inputs: [{ shape: attributes.inputShape }],
  build: ([x]) => im2col(need(x), attributes),
  tolerance: { kind: "exact" },
});

export const cases: CaseList = {
  op: "im2col",
  cases: convolutions.map(({ name, attributes, gradient }) => ({
    ...columnsCase(name, attributes),
    ...gradient,
  })),
  random: (draw) => columnsCase("any windows", anyWindows(draw)),
};
