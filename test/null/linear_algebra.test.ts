/** Products that are put together of others, as a whole: against sums written out, in f64. */
import { describe, expect, it } from "vitest";
import { inputTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { dot } from "../../src/ops/dot.ts";
import { einsum } from "../../src/ops/einsum.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { matvec } from "../../src/ops/matvec.ts";
import { outer } from "../../src/ops/outer.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

/** Row-major values and their shape. */
interface Given {
  readonly shape: Shape;
  readonly data: Float64Array;
}

function given(shape: Shape, seed: number): Given {
  const random = new RandomStream(seed);
  return { shape, data: Float64Array.from({ length: elementCount(shape) }, () => random.normal()) };
}

function run(build: (inputs: readonly Tensor[]) => Tensor, operands: readonly Given[]): Given {
  const inputs = operands.map(({ shape }, index) => inputTensor(String(index), { shape, dtype: "f32" }));
  const values = new Map(operands.map(({ data }, index) => [String(index), data]));
  const out = build(inputs);
  const [data] = evaluateOnCpu([out], { inputs: values });
  return { shape: out.shape, data: Float64Array.from(data ?? []) };
}

/** The sum over all values of all letters; an axis of size 1 stands for every index. */
function written(operands: readonly string[], result: string, tensors: readonly Given[]): Given {
  const letters = [...new Set(operands.join(""))];
  const size = (letter: string) =>
    Math.max(...operands.map((term, index) => tensors[index]?.shape[term.indexOf(letter)] ?? 1));
  const shape = [...result].map(size);
  const out = new Float64Array(elementCount(shape));
  const at = (term: string, sizes: Shape, place: ReadonlyMap<string, number>) =>
    [...term].reduce((flat, letter, axis) => {
      const own = sizes[axis] ?? 1;
      return flat * own + (own === 1 ? 0 : (place.get(letter) ?? 0));
    }, 0);
  const total = elementCount(letters.map(size));
  for (let index = 0; index < total; index++) {
    let rest = index;
    const place = new Map<string, number>();
    for (const letter of letters) {
      place.set(letter, rest % size(letter));
      rest = Math.floor(rest / size(letter));
    }
    const product = operands.reduce((value, term, operand) => {
      const { data, shape: own } = tensors[operand] ?? { data: new Float64Array(), shape: [] };
      return value * (data[at(term, own, place)] ?? Number.NaN);
    }, 1);
    const to = at(result, shape, place);
    out[to] = (out[to] ?? 0) + product;
  }
  return { shape, data: out };
}

function expectEqual(got: Given, expected: Given): void {
  expect(got.shape).toEqual(expected.shape);
  got.data.forEach((value, index) => {
    expect(value).toBeCloseTo(expected.data[index] ?? Number.NaN, 9);
  });
}

describe("einsum", () => {
  it.each([
    [
      "ij,jk->ik",
      [
        [3, 4],
        [4, 5],
      ],
    ],
    ["ij->ji", [[3, 5]]],
    ["ij->", [[3, 5]]],
    ["ijk->ki", [[2, 3, 4]]],
    ["i,i->", [[5], [5]]],
    ["i,j->ji", [[3], [4]]],
    [",ij->ji", [[], [2, 3]]],
    [
      "bi,bi->b",
      [
        [3, 8],
        [3, 8],
      ],
    ],
    [
      "bhqd,bhkd->bhqk",
      [
        [2, 3, 5, 4],
        [2, 3, 6, 4],
      ],
    ],
    [
      "bqhd,bkhd->bhqk",
      [
        [2, 5, 3, 4],
        [2, 6, 3, 4],
      ],
    ],
    [
      "bhqk,bkhd->bqhd",
      [
        [2, 3, 5, 6],
        [2, 6, 3, 4],
      ],
    ],
    [
      "ki,kj->ji",
      [
        [4, 3],
        [4, 5],
      ],
    ],
    [
      "ij,jk,kl->li",
      [
        [2, 3],
        [3, 4],
        [4, 5],
      ],
    ],
    [
      "bi,oij,bj->bo",
      [
        [2, 3],
        [4, 3, 5],
        [2, 5],
      ],
    ],
    [
      "ij,jk->ik",
      [
        [3, 1],
        [4, 5],
      ],
    ],
    [
      "ij,jk->ijk",
      [
        [3, 1],
        [4, 5],
      ],
    ],
    [
      "aib,bja->ij",
      [
        [2, 3, 4],
        [4, 5, 2],
      ],
    ],
    ["abc,bd,ce,a->de", [[2, 3, 4], [3, 5], [4, 2], [2]]],
  ] as const)("%s of %j", (equation, shapes) => {
    const [left = "", right = ""] = equation.split("->");
    const tensors = shapes.map((shape, index) => given(shape, index + 1));
    expectEqual(
      run((inputs) => einsum(equation, ...inputs), tensors),
      written(left.split(","), right, tensors),
    );
  });

  it.each([
    [
      "...ij,...jk->...ik",
      ["xyij", "jk"],
      "xyik",
      [
        [2, 3, 4, 5],
        [5, 3],
      ],
    ],
    ["...i->...", ["xyi"], "xy", [[2, 3, 4]]],
    ["i...,...->i", ["ix", "x"], "i", [[3, 2], [2]]],
    [
      "...i,...i",
      ["xyi", "yi"],
      "xy",
      [
        [2, 1, 4],
        [3, 4],
      ],
    ],
    ["b a , a", ["ba", "a"], "b", [[2, 3], [3]]],
  ] as const)("%s with an ellipsis or without an arrow", (equation, operands, result, shapes) => {
    const tensors = shapes.map((shape, index) => given(shape, index + 1));
    const expected = written(operands, result, tensors);
    expectEqual(
      run((inputs) => einsum(equation, ...inputs), tensors),
      expected,
    );
  });

  it.each([
    ["ij,jk->ik", [[3, 4]], "the equation names another number of operands"],
    ["ij->i->j", [[3, 4]], "more than one arrow"],
    ["ii->i", [[3, 3]], "has i twice"],
    ["ij->ijj", [[3, 3]], "the result has j twice"],
    ["ij->k", [[3, 4]], "the result has k, which no operand has"],
    ["i1->i", [[3, 4]], "has the character 1"],
    ["......i->i", [[3, 4]], "more than one ellipsis"],
    ["ijk->i", [[3, 4]], "operand 0 has 2 axes; .* expected 3 axes"],
    ["...ijk->i", [[3, 4]], "expected 3 axes or more"],
    [
      "ij,jk->ik",
      [
        [3, 4],
        [5, 6],
      ],
      "j has sizes 4 and 5",
    ],
    [
      "...i,...i->...",
      [
        [2, 4],
        [3, 4],
      ],
      "axis -1 of the ellipsis has sizes 2 and 3",
    ],
  ] as const)("%s of %j says what is wrong", (equation, shapes, problem) => {
    const inputs = shapes.map((shape, index) => inputTensor(String(index), { shape, dtype: "f32" }));
    expect(() => einsum(equation, ...inputs)).toThrow(new RegExp(problem));
  });
});

describe("matmul", () => {
  it.each([
    ["k", "kn", "n", [[4], [4, 5]]],
    ["mk", "k", "m", [[3, 4], [4]]],
    ["k", "k", "", [[4], [4]]],
    ["bmk", "k", "bm", [[2, 3, 4], [4]]],
    ["k", "bkn", "bn", [[4], [2, 4, 5]]],
    [
      "bhmk",
      "hkn",
      "bhmn",
      [
        [2, 3, 2, 4],
        [3, 4, 5],
      ],
    ],
    [
      "mk",
      "bkn",
      "bmn",
      [
        [3, 4],
        [2, 4, 5],
      ],
    ],
    [
      "bmk",
      "xkn",
      "bmn",
      [
        [2, 3, 4],
        [1, 4, 5],
      ],
    ],
    [
      "abcmk",
      "abckn",
      "abcmn",
      [
        [2, 1, 3, 2, 4],
        [1, 2, 1, 4, 3],
      ],
    ],
  ] as const)("%s by %s gives %s", (a, b, result, shapes) => {
    const tensors = shapes.map((shape, index) => given(shape, index + 1));
    const got = run(([left, right]) => matmul(left as Tensor, right as Tensor), tensors);
    expectEqual(got, written([a, b], result, tensors));
  });

  it("says what does not fit", () => {
    const tensor = (...shape: number[]) => inputTensor("x", { shape, dtype: "f32" });
    expect(() => matmul(tensor(2, 3), tensor(4, 5))).toThrow("the inner sizes differ");
    expect(() => matmul(tensor(2, 3, 4), tensor(3, 4, 5))).toThrow(
      /batches do not broadcast; got f32\[2, 3, 4\]/,
    );
    expect(() => matmul(tensor(), tensor(4, 5))).toThrow("a number is no matrix");
    expect(() => matmul(tensor(4), tensor(4, 5), { transposeA: true })).toThrow("nothing to transpose");
  });
});

describe("matvec, outer and dot", () => {
  it("are what their letters say", () => {
    const [a, x, y] = [given([2, 3, 4], 1), given([2, 4], 2), given([4], 3)];
    expectEqual(
      run(([m, v]) => matvec(m as Tensor, v as Tensor), [a, x]),
      written(["bmk", "bk"], "bm", [a, x]),
    );
    expectEqual(
      run(([m, v]) => matvec(m as Tensor, v as Tensor), [a, y]),
      written(["bmk", "k"], "bm", [a, y]),
    );
    expectEqual(
      run(([v, w]) => outer(v as Tensor, w as Tensor), [y, y]),
      written(["i", "j"], "ij", [y, y]),
    );
    expectEqual(
      run(([v, w]) => dot(v as Tensor, w as Tensor), [y, y]),
      written(["i", "i"], "", [y, y]),
    );
  });
});
