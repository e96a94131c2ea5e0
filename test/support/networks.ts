import { gradient } from "../../src/autograd/gradient.ts";
import type { Update } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { TensorType } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import * as optim from "../../src/optim/index.ts";

/** A training step as `engine.compile` takes it: fresh parameters at each call, the same values every time. */
export interface NetworkStep {
  readonly inputs: { readonly x: TensorType; readonly y: TensorType };
  build(inputs: { readonly x: Tensor; readonly y: Tensor }): {
    loss: Tensor;
    logits: Tensor;
    updates: Update[];
  };
}

/** Dense layers with relu, softmax cross-entropy, Adam. */
export function denseStep(
  batch: number,
  sizes: readonly [features: number, hidden: number, classes: number],
): NetworkStep {
  const [features, hidden, classes] = sizes;
  const model = nn.sequential([nn.dense(hidden), nn.relu(), nn.dense(hidden), nn.gelu(), nn.dense(classes)]);
  return trainingStep(model, batch, [features]);
}

/** Three convolutions with pooling, a dense layer: every fusion and lowering has something to do. */
export function convolutionalStep(batch: number): NetworkStep {
  const model = nn.sequential([
    nn.conv2d({ filters: 16, kernel: 3, padding: "same" }),
    nn.relu(),
    nn.conv2d({ filters: 8, kernel: 3, padding: "same" }),
    nn.relu(),
    nn.maxPool2d(2),
    nn.conv2d({ filters: 5, kernel: 3 }),
    nn.silu(),
    nn.flatten(),
    nn.dense(6),
  ]);
  return trainingStep(model, batch, [8, 8, 3]);
}

function trainingStep(
  model: ReturnType<typeof nn.sequential>,
  batch: number,
  shape: readonly number[],
): NetworkStep {
  const parameters = model.build(shape, { seed: 7 });
  const optimizer = optim.adam({ learningRate: 1e-2 });
  return {
    inputs: { x: { shape: [batch, ...shape], dtype: "f32" }, y: { shape: [batch], dtype: "u32" } },
    build({ x, y }) {
      const logits = model.forward(x, { training: true });
      const loss = losses.crossEntropy()(logits, y);
      const gradients = gradient(loss, parameters.tensors);
      return { loss, logits, updates: optimizer.update(parameters, gradients) };
    },
  };
}
