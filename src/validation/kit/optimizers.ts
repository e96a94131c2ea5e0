import type { Tensor } from "../../graph/tensor.ts";
import type { StepValues } from "../../kernels/step.ts";
import type { Case, CaseList, Fill } from "../case.ts";

/** Lengths that end inside a vector, a block of 64, a workgroup, and one that spans several. */
const lengths = [1, 6, 64, 65, 256, 257, 1031];

/** What a moment may hold: no square of a small one is above a large one. */
const fills = {
  signed: { kind: "normal" },
  positive: { kind: "uniform", low: 0, high: 2 },
  small: { kind: "uniform", low: -0.5, high: 0.5 },
  large: { kind: "uniform", low: 1, high: 2 },
} as const satisfies Readonly<Record<string, Fill>>;

/** Cases of an optimizer: every length with every setting of its attributes. */
export function optimizerCases<Attributes>(
  op: string,
  moments: readonly (keyof typeof fills)[],
  settings: Readonly<Record<string, Attributes>>,
  apply: (inputs: readonly Tensor[], attributes: Attributes) => Tensor | readonly Tensor[],
  coefficients: Partial<StepValues> = {
    coefficient1: 2.5,
    coefficient2: 40,
    coefficient3: 0.7,
    coefficient4: 0.3,
  },
): CaseList {
  const optimizerCase = (name: string, attributes: Attributes, length: number): Case => ({
    name: `${name}, ${length} parameters`,
    inputs: [
      { shape: [length] },
      { shape: [2 * Math.ceil(length / 64)], fill: { kind: "uniform", low: 0, high: 2 } },
      { shape: [length] },
      ...moments.map((kind) => ({ shape: [length], fill: fills[kind] })),
    ],
    build: (inputs) => apply(inputs, attributes),
    step: { learningRate: 0.25, ...coefficients },
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
