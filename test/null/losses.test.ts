/** Losses against numbers worked out by hand from PyTorch's definitions. */
import { describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { ShapeError, UsageError } from "../../src/device/errors.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Shape } from "../../src/kernels/types.ts";
import * as losses from "../../src/nn/losses.ts";
import { cosineEmbedding } from "../../src/ops/cosineSimilarity.ts";
import { crossEntropy } from "../../src/ops/crossEntropy.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const values = (numbers: readonly number[], shape: Shape = [numbers.length]): Tensor =>
  constantTensor(Float32Array.from(numbers), { shape, dtype: "f32" });
const labels = (...numbers: number[]): Tensor =>
  constantTensor(Uint32Array.from(numbers), { shape: [numbers.length], dtype: "u32" });
const onCpu = (tensor: Tensor): number[] => [...(evaluateOnCpu([tensor])[0] ?? [])];

function expectClose(tensor: Tensor, expected: readonly number[], digits = 6): void {
  const got = onCpu(tensor);
  expect(got.length).toBe(expected.length);
  for (const [index, value] of got.entries())
    expect(value).toBeCloseTo(expected[index] ?? Number.NaN, digits);
}

const rows = [
  [2, 0, -1],
  [0.5, 1, 0],
  [-1, 3, 1],
];
const logits = values(rows.flat(), [3, 3]);
const logSoftmax = rows.map((row) => {
  const whole = Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0));
  return row.map((x) => x - whole);
});
const at = (row: number, column: number) => logSoftmax[row]?.[column] ?? Number.NaN;
const noClass = 0xffffffff;

describe("crossEntropy", () => {
  it("gives each row, the sum, or the mean over all rows", () => {
    const each = [-at(0, 0), -at(1, 2), -at(2, 1)];
    const sum = each.reduce((total, loss) => total + loss, 0);
    expectClose(losses.crossEntropy({ reduction: "none" })(logits, labels(0, 2, 1)), each);
    expectClose(losses.crossEntropy({ reduction: "sum" })(logits, labels(0, 2, 1)), [sum]);
    expectClose(losses.crossEntropy()(logits, labels(0, 2, 1)), [sum / 3]);
  });

  it("divides by the sum of the labels' weights", () => {
    const loss = losses.crossEntropy({ classWeights: [1, 2, 0.5] });
    const sum = -at(0, 0) - 0.5 * at(1, 2) - 2 * at(2, 1);
    expectClose(loss(logits, labels(0, 2, 1)), [sum / 3.5]);
    expectClose(loss.perExample(logits, labels(0, 2, 1)), [-at(0, 0), -0.5 * at(1, 2), -2 * at(2, 1)]);
  });

  it("leaves rows of the ignored label out of sum and mean", () => {
    const loss = losses.crossEntropy({ ignoreIndex: 2 });
    expectClose(loss(logits, labels(0, 2, 1)), [(-at(0, 0) - at(2, 1)) / 2]);
    expectClose(losses.crossEntropy({ ignoreIndex: noClass })(logits, labels(0, noClass, 1)), [
      (-at(0, 0) - at(2, 1)) / 2,
    ]);
  });

  it("counts labels that are no class in the plain mean, as rows without loss", () => {
    expectClose(losses.crossEntropy()(logits, labels(0, noClass, 1)), [(-at(0, 0) - at(2, 1)) / 3]);
  });

  it("of rows that are all ignored is 0, and so is its gradient", () => {
    const loss = losses.crossEntropy({ ignoreIndex: 1 })(logits, labels(1, 1, 1));
    const [byLogits] = gradient(loss, [logits]);
    expect(onCpu(loss)).toEqual([0]);
    expect(byLogits && onCpu(byLogits).every((value) => value === 0)).toBe(true);
  });

  it("smooths labels by a share of every class, weighted as in PyTorch", () => {
    const classWeights = [1, 2, 0.5];
    const smooth = (row: number) => (0.3 / 3) * (-at(row, 0) - 2 * at(row, 1) - 0.5 * at(row, 2));
    const each = [
      0.7 * -at(0, 0) + smooth(0),
      0.7 * 0.5 * -at(1, 2) + smooth(1),
      0.7 * 2 * -at(2, 1) + smooth(2),
    ];
    const sum = each.reduce((total, loss) => total + loss, 0);
    const options = { labelSmoothing: 0.3, classWeights };
    expectClose(crossEntropy(logits, labels(0, 2, 1), { ...options, reduction: "none" }), each);
    expectClose(crossEntropy(logits, labels(0, 2, 1), options), [sum / 3.5]);
    expectClose(crossEntropy(logits, labels(0, 2, 1), { labelSmoothing: 0.3, reduction: "none" }), [
      0.7 * -at(0, 0) - 0.1 * (at(0, 0) + at(0, 1) + at(0, 2)),
      0.7 * -at(1, 2) - 0.1 * (at(1, 0) + at(1, 1) + at(1, 2)),
      0.7 * -at(2, 1) - 0.1 * (at(2, 0) + at(2, 1) + at(2, 2)),
    ]);
  });

  it("takes distributions; one-hot ones give what labels give, but the mean is over rows", () => {
    const hot = values([1, 0, 0, 0, 0, 1, 0, 1, 0], [3, 3]);
    const options = { labelSmoothing: 0.2, classWeights: [1, 2, 0.5] };
    const each = onCpu(crossEntropy(logits, labels(0, 2, 1), { ...options, reduction: "none" }));
    expectClose(crossEntropy(logits, hot, { ...options, reduction: "none" }), each);
    expectClose(crossEntropy(logits, hot, options), [each.reduce((sum, loss) => sum + loss, 0) / 3]);
  });

  it("takes classes as the last of many axes", () => {
    const pixels = values(rows.flat(), [1, 3, 1, 3]);
    const target = constantTensor(Uint32Array.of(0, 2, 1), { shape: [1, 3, 1], dtype: "u32" });
    expect(crossEntropy(pixels, target, { reduction: "none" }).shape).toEqual([1, 3, 1]);
    expectClose(losses.crossEntropy().perExample(pixels, target), onCpu(crossEntropy(pixels, target)));
  });

  it("refuses what it cannot mean", () => {
    expect(() => crossEntropy(logits, labels(0, 1))).toThrow(ShapeError);
    expect(() => crossEntropy(logits, values([1, 2, 3]))).toThrow(ShapeError);
    expect(() => crossEntropy(logits, labels(0, 1, 2), { labelSmoothing: 1.5 })).toThrow(UsageError);
    expect(() => crossEntropy(logits, labels(0, 1, 2), { ignoreIndex: -1 })).toThrow(UsageError);
    expect(() => crossEntropy(logits, labels(0, 1, 2), { classWeights: [1, 2] })).toThrow(ShapeError);
    expect(() => crossEntropy(logits, logits, { ignoreIndex: 1 })).toThrow(UsageError);
  });
});

describe("the other losses", () => {
  const prediction = values([0.5, -2, 3, 1], [2, 2]);
  const target = values([0, 0, 1, 1], [2, 2]);

  it("negativeLogLikelihood is crossEntropy of logarithms of softmax", () => {
    const options = { classWeights: [1, 2, 0.5], ignoreIndex: 0 };
    const expected = onCpu(crossEntropy(logits, labels(0, 2, 1), options));
    const loss = losses.negativeLogLikelihood(options);
    expectClose(loss(values(logSoftmax.flat(), [3, 3]), labels(0, 2, 1)), expected);
  });

  it("binaryCrossEntropyWithLogits weights what is positive", () => {
    const softplus = (x: number) => Math.log1p(Math.exp(x));
    const each = [softplus(0.5), softplus(-2), 3 * softplus(-3), 3 * softplus(-1)];
    const loss = losses.binaryCrossEntropyWithLogits({ positiveWeight: 3, reduction: "none" });
    expectClose(loss(prediction, target), each);
    expectClose(loss.perExample(prediction, target), [
      ((each[0] ?? 0) + (each[1] ?? 0)) / 2,
      ((each[2] ?? 0) + (each[3] ?? 0)) / 2,
    ]);
  });

  it.each([
    ["meanSquaredError", losses.meanSquaredError, [0.25, 4, 4, 0]],
    ["meanAbsoluteError", losses.meanAbsoluteError, [0.5, 2, 2, 0]],
    ["huber", losses.huber, [0.125, 1.5, 1.5, 0]],
    ["smoothL1", losses.smoothL1, [0.125, 1.5, 1.5, 0]],
  ] as const)("%s, each element, its mean and its sum", (_, loss, each) => {
    const sum = each.reduce<number>((total, value) => total + value, 0);
    expectClose(loss({ reduction: "none" })(prediction, target), each);
    expectClose(loss()(prediction, target), [sum / 4]);
    expectClose(loss({ reduction: "sum" }).perExample(prediction, target), [
      each[0] + each[1],
      each[2] + each[3],
    ]);
  });

  it("huber and smoothL1 differ by their threshold", () => {
    expectClose(losses.huber({ delta: 2, reduction: "none" })(prediction, target), [0.125, 2, 2, 0]);
    expectClose(losses.smoothL1({ beta: 2, reduction: "none" })(prediction, target), [0.0625, 1, 1, 0]);
    expectClose(losses.smoothL1({ beta: 0, reduction: "none" })(prediction, target), [0.5, 2, 2, 0]);
    expect(() => losses.huber({ delta: 0 })(prediction, target)).toThrow(UsageError);
  });

  it("hinge and its square", () => {
    const sides = values([1, -1, 1, -1], [2, 2]);
    expectClose(losses.hinge({ reduction: "none" })(prediction, sides), [0.5, 0, 0, 2]);
    expectClose(losses.squaredHinge()(prediction, sides), [(0.25 + 4) / 4]);
  });

  it("klDivergence by element, by batch, and of logarithms; a target of 0 counts nothing", () => {
    const logs = values([0.25, 0.75, 0.5, 0.5].map(Math.log), [2, 2]);
    const shares = values([0.5, 0.5, 0, 1], [2, 2]);
    const each = [0.5 * Math.log(2), 0.5 * Math.log(2 / 3), 0, Math.log(2)];
    const sum = each.reduce((total, value) => total + value, 0);
    expectClose(losses.klDivergence({ reduction: "none" })(logs, shares), each);
    expectClose(losses.klDivergence()(logs, shares), [sum / 4]);
    expectClose(losses.klDivergence({ reduction: "batchMean" })(logs, shares), [sum / 2]);
    const even = values([0.5, 0.5, 0.5, 0.5].map(Math.log), [2, 2]);
    expectClose(losses.klDivergence({ logTarget: true, reduction: "sum" })(logs, even), [
      0.5 * Math.log(2) + 0.5 * Math.log(2 / 3),
    ]);
  });

  it("cosine losses of pairs; a vector of zeros is like nothing", () => {
    const a = values([3, 4, 0, 0, 1, 0], [3, 2]);
    const b = values([4, 3, 1, 1, -1, 0], [3, 2]);
    expectClose(losses.cosineDistance({ reduction: "none" })(a, b), [1 - 0.96, 1, 2]);
    const margins = { margin: 0.5, reduction: "none" } as const;
    expectClose(cosineEmbedding(a, b, values([1, 1, 1]), margins), [0.04, 1, 2]);
    expectClose(cosineEmbedding(a, b, values([-1, -1, -1]), margins), [0.46, 0, 0]);
    const [byA] = gradient(losses.cosineDistance()(a, b), [a]);
    expect(byA && onCpu(byA).every(Number.isFinite)).toBe(true);
  });

  it("have gradients of 0 at their kinks", () => {
    const zero = values([0]);
    const [absolute] = gradient(losses.meanAbsoluteError()(zero, values([0])), [zero]);
    expect(absolute && onCpu(absolute)).toEqual([0]);
    const one = values([1]);
    const [atMargin] = gradient(losses.hinge()(one, values([1])), [one]);
    expect(atMargin && onCpu(atMargin).map(Math.abs)).toEqual([0]);
  });
});
