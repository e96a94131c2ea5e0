import { boundNorms } from "../../ops/boundNorms.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

/** A tensor in a flat buffer; without columns it stays as it is. */
interface Part {
  readonly length: number;
  readonly columns: number;
}

/** @param parts each begins at a multiple of 64; the last one ends the buffer */
function boundCase(name: string, parts: readonly Part[], limit: number): Case {
  const blocks: number[] = [];
  let norms = 0;
  let end = 0;
  for (const { length, columns } of parts) {
    const start = blocks.length === 0 ? 0 : (blocks.length / 3) * 64;
    for (let block = 0; block < Math.ceil(length / 64); block++) blocks.push(start, columns, norms);
    norms += columns;
    end = start + length;
  }
  return {
    name,
    inputs: [
      { shape: [end] },
      { shape: [Math.max(1, norms)], fill: { kind: "uniform", low: 0, high: 3 } },
      { shape: [blocks.length], dtype: "u32", fill: { kind: "values", values: blocks } },
    ],
    build: ([x, lengths, table]) => boundNorms(need(x), need(lengths), need(table), { limit }),
    gradient: "skip: not differentiable",
  };
}

export const cases: CaseList = {
  op: "boundNorms",
  cases: [
    boundCase("one number", [{ length: 1, columns: 1 }], 1),
    boundCase(
      "tensors",
      [64, 65, 130].map((length) => ({ length, columns: 1 })),
      1.5,
    ),
    boundCase(
      "columns, and a tensor that stays",
      [
        { length: 35, columns: 5 },
        { length: 70, columns: 0 },
        { length: 7 * 67, columns: 67 },
        { length: 12, columns: 3 },
      ],
      1.5,
    ),
    boundCase("more than a workgroup", [{ length: 1031, columns: 1031 }], 0.5),
    boundCase("all within the limit", [{ length: 90, columns: 9 }], 5),
  ],
  random: (draw) => {
    const parts = Array.from({ length: draw.integer(1, 4) }, () => {
      const columns = draw.integer(0, 70);
      return { length: Math.max(1, columns) * draw.integer(1, 4), columns };
    });
    return boundCase("any parts", parts, draw.pick([0.5, 1.5]));
  },
};
