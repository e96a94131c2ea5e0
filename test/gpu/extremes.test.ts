import { afterAll, beforeAll, expect, test } from "vitest";
import { vectorJacobianProduct } from "../../src/autograd/gradient.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { erf } from "../../src/ops/erf.ts";
import { gelu } from "../../src/ops/gelu.ts";
import { leakyRelu } from "../../src/ops/leakyRelu.ts";
import { sigmoid } from "../../src/ops/sigmoid.ts";
import { silu } from "../../src/ops/silu.ts";
import { tanh } from "../../src/ops/tanh.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { compareValues } from "../../src/validation/compare.ts";
import { extremes } from "../../src/validation/kit/extremes.ts";
import { openTestDevice } from "../support/open.ts";

let engine: Engine;
beforeAll(async () => {
  engine = new Engine(await openTestDevice());
});
afterAll(() => engine.dispose());

const vector = (values: readonly number[]) =>
  constantTensor(Float32Array.from(values), { shape: [values.length], dtype: "f32" });

const activations: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  erf,
  gelu,
  leakyRelu: (x) => leakyRelu(x),
  sigmoid,
  silu,
  tanh,
};

test.each(Object.entries(activations))(
  "the gradient of %s is right and finite at extremes",
  async (_, op) => {
    const finite = extremes.filter(Number.isFinite);
    const x = vector(finite);
    const gradients = vectorJacobianProduct(op(x), vector(finite.map(() => 1)), [x]);
    const [got] = await engine.evaluate(gradients);
    const [expected] = evaluateOnCpu(gradients);
    expect(got && expected && compareValues(got, expected, () => 1e-5).mismatch).toBeNull();
  },
);
