/** Every loss in a compiled step of one's own: forward, gradients, update; it must fall, and agree with the CPU. */
import { afterAll, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { inputTensor } from "../../src/graph/leaves.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { TensorType } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
import type { Loss } from "../../src/nn/losses.ts";
import * as losses from "../../src/nn/losses.ts";
import { sgd } from "../../src/optim/index.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { openTestDevice } from "../support/open.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());

const [batch, features, classes] = [12, 6, 4];
const random = new RandomStream(3);
const labels = Uint32Array.from({ length: batch }, () => random.below(classes));
const matrix = (next: (index: number) => number) =>
  Float32Array.from({ length: batch * classes }, (_, i) => next(i));
const values = matrix(() => random.normal());
const sides = matrix(() => Math.sign(random.normal()));
const bits = sides.map((side) => (side + 1) / 2);
const shares = matrix(() => 1 / classes);
const x = random.fillNormal(new Float32Array(batch * features));

const f32 = (...shape: number[]): TensorType => ({ shape, dtype: "f32" });
const ofLabels: TensorType = { shape: [batch], dtype: "u32" };
const ofValues = f32(batch, classes);

const table: readonly (readonly [
  name: string,
  loss: Loss,
  type: TensorType,
  target: Uint32Array | Float32Array,
])[] = [
  ["crossEntropy", losses.crossEntropy(), ofLabels, labels],
  [
    "crossEntropy with every option",
    losses.crossEntropy({ labelSmoothing: 0.1, classWeights: [1, 2, 0.5, 1], ignoreIndex: 3 }),
    ofLabels,
    labels,
  ],
  ["crossEntropy of distributions", losses.crossEntropy({ labelSmoothing: 0.1 }), ofValues, bits],
  ["crossEntropy, summed", losses.crossEntropy({ reduction: "sum" }), ofLabels, labels],
  ["negativeLogLikelihood", losses.negativeLogLikelihood(), ofLabels, labels],
  [
    "binaryCrossEntropyWithLogits",
    losses.binaryCrossEntropyWithLogits({ positiveWeight: 2 }),
    ofValues,
    bits,
  ],
  ["meanSquaredError", losses.meanSquaredError(), ofValues, values],
  ["meanAbsoluteError", losses.meanAbsoluteError(), ofValues, values],
  ["huber", losses.huber({ delta: 0.5 }), ofValues, values],
  ["smoothL1", losses.smoothL1({ beta: 0.5 }), ofValues, values],
  ["hinge", losses.hinge(), ofValues, sides],
  ["squaredHinge", losses.squaredHinge(), ofValues, sides],
  ["klDivergence", losses.klDivergence(), ofValues, shares],
  ["cosineDistance", losses.cosineDistance(), ofValues, values],
];

it.each(table)("%s trains a layer in a compiled step", async (_, loss, type, target) => {
  const model = nn.sequential([nn.dense(classes)]);
  const parameters = model.build([features], { seed: 1 });
  const optimizer = sgd({ learningRate: 0.02 });
  const inputs = { x: f32(batch, features), y: type };
  const step = await engine.compile((given) => {
    const value = loss(model.forward(given.x, { training: true }), given.y);
    return { loss: value, updates: optimizer.update(parameters, gradient(value, parameters.tensors)) };
  }, inputs);
  const placeholder = { x: inputTensor("x", inputs.x), y: inputTensor("y", inputs.y) };
  const onCpu = loss(model.forward(placeholder.x, { training: true }), placeholder.y);
  const [expected] = evaluateOnCpu([onCpu], {
    inputs: new Map([
      ["x", x],
      ["y", target],
    ]),
  });
  const seen: number[] = [];
  for (let index = 0; index < 8; index++) {
    const run = await step.run({ x, y: target }, { index, ...optimizer.stepValues(index + 1, 0.02) });
    seen.push(run["loss"]?.[0] ?? Number.NaN);
  }
  step.dispose();
  const first = expected?.[0] ?? Number.NaN;
  expect(Math.abs((seen[0] ?? 0) - first)).toBeLessThan(1e-5 + 1e-5 * Math.abs(first));
  for (const [index, value] of seen.entries())
    if (index > 0) expect(value).toBeLessThan(seen[index - 1] ?? 0);
});
