import type { FloatDType, Shape } from "../../kernels/types.ts";
import { cast } from "../../ops/convert.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { need } from "../kit/shapes.ts";

const shapes: readonly Shape[] = [[], [1], [5], [7, 11], [255], [256], [257], [2, 3, 4, 5]];

function castCase(shape: Shape, from: FloatDType, to: FloatDType, fill?: Fill): Case {
  const size = shape.length === 0 ? "scalar" : String(shape);
  return {
    name: `${from} to ${to}, ${fill ? fill.kind : size}`,
    inputs: [{ shape, dtype: from, ...(fill && { fill }) }],
    build: ([x]) => cast(need(x), to),
    needs: "shader-f16",
    ...(from === "f16" && { tolerance: { kind: "exact" as const } }),
    ...(fill?.kind === "values" && { gradient: "skip: not differentiable" as const }),
  };
}

/** The largest f16, the smallest normal one, those below; numbers between two f16, and what is next to nothing. */
const sizes = [
  0,
  65_504,
  2 ** -14,
  2 ** -24,
  3 * 2 ** -20,
  1 + 2 ** -11,
  1 + 3 * 2 ** -11,
  2049,
  0.1,
  1e-7,
  1e-30,
];
const values = [...sizes, ...sizes.map((size) => -size)];
const extremes: Fill = { kind: "values", values };

export const cases: CaseList = {
  op: "cast",
  cases: [
    ...shapes.flatMap((shape) => [castCase(shape, "f32", "f16"), castCase(shape, "f16", "f32")]),
    castCase([values.length], "f32", "f16", extremes),
    castCase([values.length], "f16", "f32", extremes),
    castCase([65_536 * 4 + 1], "f32", "f16", { kind: "uniform", low: -2, high: 2 }),
  ].map((given) =>
    given.inputs[0]?.shape[0] === 65_536 * 4 + 1 ? { ...given, gradient: "skip: large" } : given,
  ),
  random: (draw) => {
    const shape = Array.from({ length: draw.integer(0, 3) }, () => draw.integer(1, 9));
    const from = draw.pick<FloatDType>(["f32", "f16"]);
    return castCase(shape, from, from === "f32" ? "f16" : "f32");
  },
};
