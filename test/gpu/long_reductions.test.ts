/** Lines so long that passes do them in parts: programs as users run them, against the f64 references. */
import { afterAll, describe, expect, it } from "vitest";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape, TypedArray } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { argmax } from "../../src/ops/argmax.ts";
import { argmin } from "../../src/ops/argmin.ts";
import { cumprod } from "../../src/ops/cumprod.ts";
import { cumsum } from "../../src/ops/cumsum.ts";
import { logSoftmax } from "../../src/ops/logSoftmax.ts";
import { logSumExp } from "../../src/ops/logSumExp.ts";
import { max } from "../../src/ops/max.ts";
import { mean } from "../../src/ops/mean.ts";
import { min } from "../../src/ops/min.ts";
import { norm } from "../../src/ops/norm.ts";
import { product } from "../../src/ops/product.ts";
import { softmax } from "../../src/ops/softmax.ts";
import { standardDeviation } from "../../src/ops/standardDeviation.ts";
import { sum } from "../../src/ops/sum.ts";
import { variance } from "../../src/ops/variance.ts";
import { Engine, traceStep } from "../../src/plan/engine.ts";
import { planGraph } from "../../src/plan/plan_graph.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { compareValues } from "../../src/validation/compare.ts";
import { openTestDevice } from "../support/open.ts";
import { everyTrait } from "../support/traits.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());

/** A prime number of elements in one row, columns that fill vectors and that do not, several rows. */
const shapes: readonly (readonly [shape: Shape, axis: number])[] = [
  [[50_021], 0],
  [[5_003, 8], 0],
  [[3, 9_002], 1],
  [[4_099, 3], 0],
];

type Reduce = (x: Tensor, axis: number) => Tensor;

/** What is folded, the values it is folded of, and the error allowed of a result's (or its terms') magnitude. */
const reductions: Readonly<Record<string, readonly [Reduce, "normal" | "near 1" | "far from 0", number]>> = {
  sum: [(x, axes) => sum(x, { axes }), "normal", 0],
  mean: [(x, axes) => mean(x, { axes }), "far from 0", 1e-6],
  max: [(x, axes) => max(x, { axes }), "normal", 0],
  min: [(x, axes) => min(x, { axes }), "normal", 0],
  product: [(x, axes) => product(x, { axes }), "near 1", 1e-4],
  "norm of order 1": [(x, axes) => norm(x, { axes, order: 1 }), "normal", 1e-6],
  "norm of order 2": [(x, axes) => norm(x, { axes }), "normal", 1e-6],
  "norm of order Infinity": [(x, axes) => norm(x, { axes, order: Infinity }), "normal", 0],
  logSumExp: [(x, axes) => logSumExp(x, { axes }), "normal", 1e-6],
  variance: [(x, axes) => variance(x, { axes }), "far from 0", 1e-5],
  standardDeviation: [(x, axes) => standardDeviation(x, { axes }), "normal", 1e-6],
  argmax: [(x, axis) => argmax(x, { axis }), "normal", 0],
  argmin: [(x, axis) => argmin(x, { axis }), "normal", 0],
  cumsum: [(x, axis) => cumsum(x, { axis }), "normal", 0],
  "cumsum backwards": [(x, axis) => cumsum(x, { axis, reverse: true, exclusive: true }), "normal", 0],
  cumprod: [(x, axis) => cumprod(x, { axis, exclusive: true }), "near 1", 1e-4],
  softmax: [(x, axis) => softmax(x, { axis }), "far from 0", 3e-6],
  logSoftmax: [(x, axis) => logSoftmax(x, { axis }), "far from 0", 1e-6],
};

/** Of which the error goes by the sum of magnitudes: 2 · √K · 2⁻²³ · Σ|terms|. */
const summed: ReadonlySet<string> = new Set(["sum", "cumsum", "cumsum backwards"]);

function fill(kind: "normal" | "near 1" | "far from 0", count: number): Float32Array {
  const values = new RandomStream(7).fillNormal(new Float32Array(count));
  switch (kind) {
    case "normal":
      return values;
    case "near 1":
      return values.map((value) => 1 + value / 1024);
    case "far from 0":
      return values.map((value) => 1000 + value);
    default:
      return kind satisfies never;
  }
}

describe.each(Object.entries(reductions))("a long %s", (name, [reduce, kind, relative]) => {
  it.each(shapes)("of %j is right, and the same twice", async (shape, axis) => {
    const values = fill(kind, elementCount(shape));
    const type = { shape, dtype: "f32" } as const;
    const result = reduce(constantTensor(values, type), axis);
    const [got] = await engine.evaluate([result]);
    const [again] = await engine.evaluate([result]);
    const [expected] = evaluateOnCpu([result]);
    if (!got || !again || !expected) throw new Error("nothing came back");
    const terms = shape[axis] ?? 1;
    const magnitude = values.reduce((total, value) => total + Math.abs(value), 0);
    const absolute = summed.has(name) ? 2 * Math.sqrt(terms) * 2 ** -23 * magnitude : 0;
    const allowance = (index: number) => absolute + relative * Math.abs(expected[index] ?? 0);
    expect(compareValues(got, expected, allowance).mismatch).toBeNull();
    expect(bits(again)).toEqual(bits(got));
  });

  it.each(shapes)("of %j keeps a GPU busy", (shape, axis) => {
    const graph = traceStep(({ x }) => ({ y: reduce(x, axis) }), { x: { shape, dtype: "f32" } });
    const { dispatches } = planGraph(graph, everyTrait);
    // Of what reads all elements; `argmaxAmong` reads where it is pointed at.
    const large = dispatches.filter(
      ({ kernel, request }) =>
        !kernel.file.startsWith("argmaxAmong/") &&
        request.inputs.some((input) => elementCount(input.shape) === elementCount(shape)),
    );
    expect(large.length).toBeGreaterThan(0);
    const lengths = large.map(
      ({ kernel, request }) => elementCount(shape) / (64 * kernel.workgroups(request)),
    );
    expect(Math.max(...lengths), "elements an invocation").toBeLessThan(200);
  });
});

const bits = (values: TypedArray) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
