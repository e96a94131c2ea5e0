import type { Tensor } from "../../graph/tensor.ts";
import { pow } from "../../ops/pow.ts";
import type { Case, CaseList, Fill } from "../case.ts";
import { oddNumbers } from "../kit/comparisons.ts";
import { binary, need, unaryCase } from "../kit/shapes.ts";

const list = binary("pow", pow, [
  { kind: "uniform", low: 0.2, high: 3 },
  { kind: "normal", scale: 2 },
]);

const apply = (inputs: readonly Tensor[]) => pow(need(inputs[0]), need(inputs[1]));

/** Every base with every exponent. */
function pairs(name: string, bases: readonly number[], exponents: readonly number[]): Case {
  const values = (given: readonly number[]): Fill => ({ kind: "values", values: given });
  return {
    name,
    inputs: [
      { shape: [bases.length, 1], fill: values(bases) },
      { shape: [exponents.length], fill: values(exponents) },
    ],
    build: apply,
    gradient: "skip: not differentiable",
  };
}

const signs = (values: readonly number[]) => [...values, ...values.map((value) => -value)];

const exponents = [0.25, 0.5, 2, 3, 2.5, 4.75, 63, 1e-40, 16_777_215, 16_777_216, 2 ** 31];

/** Near 1 the logarithm has few digits, and large exponents want all of them. */
const nearOne = Array.from({ length: 40 }, (_, index) => 1 + (index - 20.5) * 2 ** -(3 + (index % 20)));

export const cases: CaseList = {
  ...list,
  cases: [
    ...list.cases,
    pairs("odd numbers", signs([...oddNumbers, 2, 3.5, 1e-41, 1e10]), signs([...oddNumbers, ...exponents])),
    pairs("near one", nearOne, signs([1e3, 12_345.678, 1e5, 3e6, 1.2e7, 87.654])),
    pairs(
      "large and small",
      signs([1.234e-38, 1.7e-20, 0.0321, 7.77, 1.9e19, 3.2e38]),
      signs([0.1, 0.9, 1.3, 1.95, 3, 7, 20]),
    ),
    unaryCase("a number as exponent", [7, 11], (x) => pow(x, -1.7), { kind: "uniform", low: 0.3, high: 3 }),
  ],
  sweep: {
    apply: (x) => pow(x, 2.3),
    nan: Number.NaN,
    positiveInfinity: Number.POSITIVE_INFINITY,
    negativeInfinity: Number.POSITIVE_INFINITY,
  },
};
