import type { Tensor } from "../../graph/tensor.ts";
import type { Case, CaseList } from "../case.ts";

/** Lengths that end inside a vector, a block of 64, a workgroup, and one that spans several. */
const lengths = [1, 6, 64, 65, 256, 257, 1031];

/** Cases of an optimizer: every length with every setting of its attributes. */
export function optimizerCases<Attributes>(
  op: string,
  moments: readonly ("signed" | "positive")[],
  settings: Readonly<Record<string, Attributes>>,
  apply: (inputs: readonly Tensor[], attributes: Attributes) => Tensor | readonly Tensor[],
): CaseList {
  const optimizerCase = (name: string, attributes: Attributes, length: number): Case => ({
    name: `${name}, ${length} parameters`,
    inputs: [
      { shape: [length] },
      { shape: [2 * Math.ceil(length / 64)], fill: { kind: "uniform", low: 0, high: 2 } },
      { shape: [length] },
      ...moments.map((sign) => ({
        shape: [length],
        ...(sign === "positive" && { fill: { kind: "uniform" as const, low: 0, high: 2 } }),
      })),
    ],
    build: (inputs) => apply(inputs, attributes),
    step: { learningRate: 0.25, coefficient1: 2.5, coefficient2: 40, coefficient3: 0.7, coefficient4: 0.3 },
    gradient: "skip: state",
  });
  const named = Object.entries(settings);
  const [first, ...others] = named;
  return {
    op,
    cases: named.flatMap(([name, attributes]) =>
      lengths.map((length) => optimizerCase(name, attributes, length)),
    ),
    ...(first && {
      random: (draw) => optimizerCase(...draw.pick([first, ...others]), draw.integer(1, 1100)),
    }),
  };
}
