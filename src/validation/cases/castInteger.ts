import type { Shape } from "../../kernels/types.ts";
import type { CastDType } from "../../ops/castInteger.ts";
import { cast } from "../../ops/convert.ts";
import type { Case, CaseInput, CaseList } from "../case.ts";
import { anyShape, need } from "../kit/shapes.ts";

type Pair = readonly [from: CastDType, to: CastDType];

const pairs: readonly [Pair, ...Pair[]] = [
  ["f32", "u32"],
  ["f32", "i32"],
  ["u32", "f32"],
  ["u32", "i32"],
  ["i32", "f32"],
  ["i32", "u32"],
];

function castCase(name: string, input: CaseInput, to: CastDType): Case {
  return {
    name: `${input.dtype} to ${to}, ${name}`,
    inputs: [input],
    build: ([x]) => cast(need(x), to),
    gradient: "skip: not differentiable",
  };
}

/** Normal numbers, some of them out of the range of what they become. */
const drawn = (from: CastDType, to: CastDType, shape: Shape): Case =>
  castCase(`[${shape}]`, { shape, dtype: from, fill: { kind: "normal", scale: 1000 } }, to);

/** Halves, the ends of every range with their neighbours in f32, zeros, infinities and NaN. */
const reals = [
  [0, -0, 0.5, -0.5, 0.99999994, -0.99999994, 1, -1, 1.5, -1.5, 1e-45, -1e-45, 8_388_607.5, 16_777_217],
  [2_147_483_520, 2_147_483_648, 2_147_483_904, -2_147_483_520, -2_147_483_648, -2_147_483_904],
  [4_294_967_040, 4_294_967_296, -4_294_967_296, 3e38, -3e38],
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
].flat();
const unsigned = [0, 1, 2 ** 24 + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1];
const signed = [0, 1, -1, 2 ** 24 + 1, -(2 ** 24) - 1, 2 ** 31 - 1, -(2 ** 31), 1 - 2 ** 31];

function extremes(from: CastDType): readonly number[] {
  switch (from) {
    case "f32":
      return reals;
    case "u32":
      return unsigned;
    case "i32":
      return signed;
    default:
      return from satisfies never;
  }
}

export const cases: CaseList = {
  op: "castInteger",
  cases: [
    ...pairs.flatMap(([from, to]) => {
      const values = extremes(from);
      const ends: CaseInput = { shape: [values.length], dtype: from, fill: { kind: "values", values } };
      return [drawn(from, to, []), drawn(from, to, [7, 11]), castCase("extremes", ends, to)];
    }),
    drawn("f32", "i32", [257]),
    drawn("i32", "f32", [8, 32]),
  ],
  random: (draw) => {
    const [from, to] = draw.pick(pairs);
    return drawn(from, to, anyShape(draw));
  },
};
