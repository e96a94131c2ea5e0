import { constantTensor, scalar } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { ParameterKind } from "../../src/nn/parameters.ts";
import { Parameter, ParameterSet } from "../../src/nn/parameters.ts";
import { add } from "../../src/ops/add.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { mul } from "../../src/ops/mul.ts";
import { slice } from "../../src/ops/slice.ts";
import { square } from "../../src/ops/square.ts";
import { sub } from "../../src/ops/sub.ts";
import { sum } from "../../src/ops/sum.ts";
import { tanh } from "../../src/ops/tanh.ts";

/** A function to minimise: as a graph, and once more by hand over plain numbers, which share nothing but the data. */
export interface Problem {
  readonly name: string;
  readonly parts: readonly Part[];
  /** The loss of the parameters, in the order of the parts. */
  build(parameters: readonly Tensor[]): Tensor;
  /** θ is all parts behind each other, without padding. */
  loss(theta: readonly number[]): number;
  gradient(theta: readonly number[]): number[];
}

interface Part {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly shape: readonly number[];
  /** Exact in f32, as all data of the problems is: both sides start from the same numbers. */
  readonly start: readonly number[];
}

/** Fresh parameters at the problem's start, laid out as a model's are. */
export function parametersOf({ parts }: Problem): ParameterSet {
  let offset = 0;
  const parameters = parts.map(({ name, shape, kind, start }) => {
    const parameter = new Parameter(name, shape, kind, offset);
    offset += 64 * Math.ceil(start.length / 64);
    return parameter;
  });
  const initial = new Float32Array(offset);
  parameters.forEach((parameter, index) => {
    initial.set(parts[index]?.start ?? [], parameter.offset);
  });
  return new ParameterSet(parameters, initial);
}

/** θ at the start. */
export const startOf = ({ parts }: Problem): number[] => parts.flatMap(({ start }) => start);

/** For each number of θ what it is part of. */
export const kindsOf = ({ parts }: Problem): ParameterKind[] =>
  parts.flatMap(({ kind, start }) => start.map(() => kind));

const rounded = (values: readonly number[]): number[] => values.map(Math.fround);

/** Exact in f32 and without pattern: eighths between −2 and 2. */
const scattered = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, index) => (((index + 1) * (7 * seed + 12) + seed * seed) % 33) / 8 - 2);

const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;

/** A symmetric matrix whose eigenvalues run from 1/κ to 1, turned by a reflection so that no axis is special. */
function curvature(size: number, condition: number): number[] {
  const direction = Array.from({ length: size }, (_, index) => 1 + index / 2);
  const length = Math.hypot(...direction);
  const reflection = (row: number, column: number) =>
    Number(row === column) - (2 * at(direction, row) * at(direction, column)) / length ** 2;
  const eigenvalue = (index: number) => condition ** (index / (size - 1) - 1);
  return Array.from({ length: size * size }, (_, cell) => {
    const row = Math.floor(cell / size);
    const terms = Array.from(
      { length: size },
      (_, k) => reflection(row, k) * eigenvalue(k) * reflection(k, cell % size),
    );
    return Math.fround(terms.reduce((total, term) => total + term, 0));
  });
}

const size = 5;
// No number starts at its centre: where a gradient is 0 but for rounding, the sign that Adam steps by is undetermined.
const conditions = [1, 10, 1000].map((condition, index) => ({
  name: `condition${condition}`,
  matrix: curvature(size, condition),
  centre: rounded([0.55, -1.3, 2.05, -0.8, 1.55].map((value) => value + index / 4)),
}));

/** ½ Σ (θ − c)ᵀ A (θ − c) over three matrices A with condition numbers 1, 10 and 1000, largest eigenvalue 1. */
export const quadratic: Problem = {
  name: "quadratic",
  parts: conditions.map(({ name }, index) => ({
    name,
    kind: "weight",
    shape: [size, 1],
    start: scattered(size, index + 1),
  })),
  build(parameters) {
    const losses = conditions.map(({ matrix, centre }, index) => {
      const theta = parameters[index];
      if (!theta) throw new Error("internal: no parameter");
      const away = sub(theta, constantTensor(Float32Array.from(centre), { shape: [size, 1], dtype: "f32" }));
      const a = constantTensor(Float32Array.from(matrix), { shape: [size, size], dtype: "f32" });
      return sum(mul(away, matmul(a, away)));
    });
    return mul(losses.reduce(add), scalar(0.5));
  },
  loss: (theta) =>
    curvatureTimes(theta).reduce((total, { away, product }) => total + 0.5 * away * product, 0),
  gradient: (theta) => curvatureTimes(theta).map(({ product }) => product),
};

function curvatureTimes(theta: readonly number[]): { away: number; product: number }[] {
  return conditions.flatMap(({ matrix, centre }, which) => {
    const away = centre.map((c, index) => at(theta, which * size + index) - c);
    return away.map((own, row) => ({
      away: own,
      product: away.reduce((total, value, k) => total + at(matrix, row * size + k) * value, 0),
    }));
  });
}

/** Σ 100 · (y − x²)² + (1 − x)² over two pairs: Rosenbrock 1960, its own start and one on the other side. */
export const rosenbrock: Problem = {
  name: "Rosenbrock",
  parts: [{ name: "pairs", kind: "weight", shape: [2, 2], start: rounded([-1.2, 1, 0.5, -0.5]) }],
  build([pairs]) {
    if (!pairs) throw new Error("internal: no parameter");
    const [x, y] = [slice(pairs, [null, 0]), slice(pairs, [null, 1])];
    const valley = mul(square(sub(y, square(x))), scalar(100));
    return sum(add(valley, square(sub(scalar(1), x))));
  },
  loss: (theta) => pairsOf(theta).reduce((total, [x, y]) => total + 100 * (y - x * x) ** 2 + (1 - x) ** 2, 0),
  gradient: (theta) =>
    pairsOf(theta).flatMap(([x, y]) => [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)]),
};

const pairsOf = (theta: readonly number[]): [number, number][] => [
  [at(theta, 0), at(theta, 1)],
  [at(theta, 2), at(theta, 3)],
];

const [examples, features, hidden, outputs] = [8, 3, 4, 2];
const x = scattered(examples * features, 3);
const y = scattered(examples * outputs, 5).map((value) => value / 2);

/** ½ mean over 8 examples of ‖tanh(x W₁ + b₁) W₂ + b₂ − y‖²: 3 features, 4 hidden units, 2 outputs. */
export const perceptron: Problem = {
  name: "small MLP",
  parts: [
    {
      name: "layer0.weights",
      kind: "weight",
      shape: [features, hidden],
      start: scattered(features * hidden, 2).map((value) => value / 4),
    },
    { name: "layer0.bias", kind: "bias", shape: [hidden], start: [0.25, -0.125, 0.5, 0.125] },
    {
      name: "layer1.weights",
      kind: "weight",
      shape: [hidden, outputs],
      start: scattered(hidden * outputs, 4).map((value) => value / 2),
    },
    { name: "layer1.bias", kind: "bias", shape: [outputs], start: [0.5, -0.25] },
  ],
  build([w1, b1, w2, b2]) {
    if (!w1 || !b1 || !w2 || !b2) throw new Error("internal: no parameter");
    const given = constantTensor(Float32Array.from(x), { shape: [examples, features], dtype: "f32" });
    const wanted = constantTensor(Float32Array.from(y), { shape: [examples, outputs], dtype: "f32" });
    const activity = tanh(add(matmul(given, w1), b1));
    const error = sub(add(matmul(activity, w2), b2), wanted);
    return mul(sum(square(error)), scalar(0.5 / examples));
  },
  loss: (theta) =>
    forward(theta)
      .errors.flat()
      .reduce((total, e) => total + (0.5 / examples) * e * e, 0),
  gradient: (theta) => {
    const { activities, errors, w2 } = forward(theta);
    const gradient = theta.map(() => 0);
    const put = (index: number, value: number) => {
      gradient[index] = at(gradient, index) + value / examples;
    };
    const [b1, second] = [features * hidden, features * hidden + hidden];
    errors.forEach((error, example) => {
      const activity = activities[example] ?? [];
      activity.forEach((a, j) => {
        error.forEach((e, o) => {
          put(second + j * outputs + o, a * e);
        });
        const back = error.reduce((total, e, o) => total + e * at(w2, j * outputs + o), 0) * (1 - a * a);
        put(b1 + j, back);
        for (let i = 0; i < features; i++) put(i * hidden + j, at(x, example * features + i) * back);
      });
      error.forEach((e, o) => {
        put(second + hidden * outputs + o, e);
      });
    });
    return gradient;
  },
};

function forward(theta: readonly number[]): { activities: number[][]; errors: number[][]; w2: number[] } {
  const b1 = features * hidden;
  const second = b1 + hidden;
  const w2 = theta.slice(second, second + hidden * outputs);
  const activities: number[][] = [];
  const errors: number[][] = [];
  for (let example = 0; example < examples; example++) {
    const activity = Array.from({ length: hidden }, (_, j) => {
      let total = at(theta, b1 + j);
      for (let i = 0; i < features; i++) total += at(x, example * features + i) * at(theta, i * hidden + j);
      return Math.tanh(total);
    });
    activities.push(activity);
    errors.push(
      Array.from({ length: outputs }, (_, o) => {
        const bias = at(theta, second + hidden * outputs + o);
        const total = activity.reduce((sum, a, j) => sum + a * at(w2, j * outputs + o), bias);
        return total - at(y, example * outputs + o);
      }),
    );
  }
  return { activities, errors, w2 };
}

export const problems: readonly Problem[] = [quadratic, rosenbrock, perceptron];
