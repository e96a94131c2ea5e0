import { sizeAt } from "../../ops/checks.ts";
import { conv2dFilterGradientParts } from "../../ops/conv2dFilterGradientParts.ts";
import type { Case, CaseList } from "../case.ts";
import { convolutions } from "../kit/convolutions.ts";
import { inHalf } from "../kit/half.ts";
import { need } from "../kit/shapes.ts";

/** All in one part, and parts of which the last is shorter, and which begin amid an image. */
const inFull: readonly Case[] = convolutions.flatMap(({ name, image, result, attributes }) => {
  const lines = sizeAt(result, 0) * sizeAt(result, 1);
  return [...new Set([lines, Math.ceil(lines / 2) + 1, 3])].map(
    (ofPart): Case => ({
      name: `${name}, ${ofPart} lines a part`,
      inputs: [{ shape: image }, { shape: result }],
      build: ([x, dy]) => conv2dFilterGradientParts(need(x), need(dy), attributes, ofPart),
      tolerance: { kind: "reduction", terms: Math.min(lines, ofPart) * sizeAt(result, 2) },
      gradient: "skip: not differentiable",
    }),
  );
});

/** What is stored as f16 is read; parts are f32. */
const halves = inFull.filter(({ name }) =>
  /^(3 × 3 same|tiles \+ 1|3 × 3 valid).*3 lines a part$/.test(name),
);

export const cases: CaseList = {
  op: "conv2dFilterGradientParts",
  cases: [...inFull, ...halves.map(inHalf)],
};
