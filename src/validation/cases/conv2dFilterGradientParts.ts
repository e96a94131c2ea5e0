import { sizeAt } from "../../ops/checks.ts";
import { conv2dFilterGradientParts } from "../../ops/conv2dFilterGradientParts.ts";
import type { Case, CaseList } from "../case.ts";
import type { Convolution } from "../kit/convolutions.ts";
import { convolutions, groupedConvolutions, randomConvolution } from "../kit/convolutions.ts";
import { inHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

function partsCase({ name, image, result, attributes }: Convolution, ofPart: number): Case {
  const lines = sizeAt(result, 0) * sizeAt(result, 1);
  return {
    name: `${name}, ${ofPart} lines a part`,
    inputs: [{ shape: image }, { shape: result }],
    build: ([x, dy]) => conv2dFilterGradientParts(need(x), need(dy), attributes, ofPart),
    tolerance: { kind: "reduction", terms: Math.min(lines, ofPart) * sizeAt(result, 2) },
    gradient: "skip: not differentiable",
  };
}

/** All in one part, and parts of which the last is shorter, and which begin amid an image. */
const inFull = [...convolutions, ...groupedConvolutions].flatMap((convolution) => {
  const lines = sizeAt(convolution.result, 0) * sizeAt(convolution.result, 1);
  return [...new Set([lines, Math.ceil(lines / 2) + 1, 3])].map((ofPart) => partsCase(convolution, ofPart));
});

/** What is stored as f16 is read; parts are f32. */
const halves = inFull.filter(({ name }) =>
  /^(3 × 3 same|tiles \+ 1|3 × 3 valid).*3 lines a part$/.test(name),
);

export const cases: CaseList = {
  op: "conv2dFilterGradientParts",
  cases: [...inFull, ...halves.map(inHalf)],
  random: (draw) => partsCase(randomConvolution(draw), draw.integer(1, 9)),
};
