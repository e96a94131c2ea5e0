import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vectorJacobianProduct } from "../../src/autograd/gradient.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import type { PassName } from "../../src/graph/pass_names.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape, TensorType, TypedArray } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { add } from "../../src/ops/add.ts";
import { conv2d } from "../../src/ops/conv2d.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { openTestDevice } from "../support/open.ts";

let engine: Engine;
beforeAll(async () => {
  engine = new Engine(await openTestDevice());
});
afterAll(() => engine.dispose());

type Names = "x" | "weights" | "bias" | "dy";

interface Sizes {
  readonly name: string;
  readonly image: readonly [batch: number, height: number, width: number, channels: number];
  readonly filters: number;
  readonly padding: number;
}

const sizes: readonly Sizes[] = [
  { name: "same", image: [8, 14, 14, 16], filters: 32, padding: 1 },
  { name: "valid, odd sizes", image: [3, 9, 13, 20], filters: 12, padding: 0 },
  { name: "padding 2", image: [2, 5, 8, 64], filters: 36, padding: 2 },
];

/** A convolution with a bias, and the gradients of its image and filters at dy. */
function build({ x, weights, bias, dy }: Readonly<Record<Names, Tensor>>, padding: number) {
  const y = add(conv2d(x, weights, { padding }), bias);
  const [dx, dweights] = vectorJacobianProduct(y, dy, [x, weights]);
  if (!dx || !dweights) throw new Error("a convolution without gradients");
  return { y, dx, dweights };
}

/** Standard normal values of everything that takes part. */
function dataOf({ image, filters, padding }: Sizes) {
  const [batch, height, width, channels] = image;
  const shapes: Record<Names, Shape> = {
    x: image,
    weights: [3, 3, channels, filters],
    bias: [filters],
    dy: [batch, height + 2 * padding - 2, width + 2 * padding - 2, filters],
  };
  const random = new RandomStream(11);
  const normal = (shape: Shape) => random.fillNormal(new Float32Array(elementCount(shape)), 0, 1);
  const entries = Object.entries(shapes) as [Names, Shape][];
  return {
    types: Object.fromEntries(entries.map(([name, shape]) => [name, { shape, dtype: "f32" }])) as Record<
      Names,
      TensorType
    >,
    values: Object.fromEntries(entries.map(([name, shape]) => [name, normal(shape)])) as Record<
      Names,
      TypedArray
    >,
    terms: { y: 9 * channels + 1, dx: 9 * filters, dweights: elementCount(shapes.dy) / filters },
  };
}

describe.each(sizes)("a convolution, $name", (given) => {
  const { types, values, terms } = dataOf(given);

  async function run(without: readonly PassName[]) {
    const step = await engine.compile((inputs) => build(inputs, given.padding), types, { without });
    const results = await step.run(values);
    const kernels = step.program.plan.dispatches.map(({ kernel }) => kernel.file);
    step.dispose();
    return { results, transforms: kernels.filter((file) => file.startsWith("winograd")).length };
  }

  /** In f64: the results, and of absolute values the sums of the magnitudes of all terms. */
  function references(): Record<keyof typeof terms, [expected: TypedArray, magnitudes: TypedArray]> {
    const leaves = Object.fromEntries(
      Object.entries(types).map(([name, type]) => [name, inputTensor(name, type)]),
    ) as Record<Names, Tensor>;
    const { y, dx, dweights } = build(leaves, given.padding);
    const absolute = Object.entries(values).map(([name, own]) => [name, own.map(Math.abs)] as const);
    const [expected, magnitudes] = [new Map(Object.entries(values)), new Map(absolute)].map((inputs) =>
      evaluateOnCpu([y, dx, dweights], { inputs }),
    );
    const both = (index: number): [TypedArray, TypedArray] => [
      expected?.[index] ?? new Float64Array(),
      magnitudes?.[index] ?? new Float64Array(),
    ];
    return { y: both(0), dx: both(1), dweights: both(2) };
  }

  test("stays within a plain sum's tolerance by Winograd's transforms and without", async () => {
    const transformed = await run([]);
    const plain = await run(["winograd"]);
    expect([transformed.transforms, plain.transforms]).toEqual([6, 0]);
    for (const [name, [expected, magnitudes]] of Object.entries(references())) {
      // 2·√K·2⁻²³·Σ|terms| of the plain sum's K terms, for values of one size.
      const share = 2 * Math.sqrt(terms[name as keyof typeof terms]) * 2 ** -23;
      for (const { results } of [transformed, plain]) {
        const got = results[name as keyof typeof terms] ?? new Float32Array();
        expect(got.length).toBe(expected.length);
        const wrong = got.findIndex(
          (value, index) =>
            !(Math.abs(value - (expected[index] ?? Number.NaN)) <= share * (magnitudes[index] ?? 0)),
        );
        expect(wrong, `${name}[${wrong}]: ${got[wrong]}, expected ${expected[wrong]}`).toBe(-1);
      }
    }
  });
});
