import { afterAll, beforeAll, expect, test } from "vitest";
import { vectorJacobianProduct } from "../../src/autograd/gradient.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { arctan } from "../../src/ops/arctan.ts";
import { celu } from "../../src/ops/celu.ts";
import { clamp } from "../../src/ops/clamp.ts";
import { elu } from "../../src/ops/elu.ts";
import { erf } from "../../src/ops/erf.ts";
import { gelu } from "../../src/ops/gelu.ts";
import { hardSigmoid } from "../../src/ops/hardSigmoid.ts";
import { hardSwish } from "../../src/ops/hardSwish.ts";
import { hardTanh } from "../../src/ops/hardTanh.ts";
import { leakyRelu } from "../../src/ops/leakyRelu.ts";
import { logSigmoid } from "../../src/ops/logSigmoid.ts";
import { mish } from "../../src/ops/mish.ts";
import { prelu } from "../../src/ops/prelu.ts";
import { relu6 } from "../../src/ops/relu6.ts";
import { selu } from "../../src/ops/selu.ts";
import { sigmoid } from "../../src/ops/sigmoid.ts";
import { silu } from "../../src/ops/silu.ts";
import { softplus } from "../../src/ops/softplus.ts";
import { softsign } from "../../src/ops/softsign.ts";
import { swish } from "../../src/ops/swish.ts";
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

const half = constantTensor(Float32Array.of(0.5), { shape: [], dtype: "f32" });

const activations: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  ...{ arctan, erf, hardSigmoid, hardSwish, logSigmoid, mish, relu6, selu, sigmoid, silu, softsign, tanh },
  celu: (x) => celu(x, 0.5),
  clamp: (x) => clamp(x, { min: -1, max: 1 }),
  elu: (x) => elu(x),
  gelu: (x) => gelu(x),
  "gelu by tanh": (x) => gelu(x, { approximate: "tanh" }),
  hardTanh: (x) => hardTanh(x),
  leakyRelu: (x) => leakyRelu(x),
  prelu: (x) => prelu(x, half),
  softplus: (x) => softplus(x),
  swish: (x) => swish(x, half),
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
