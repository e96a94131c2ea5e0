import { gradient } from "../../src/autograd/gradient.ts";
import type { Update } from "../../src/graph/graph.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import type { ParameterSet } from "../../src/nn/parameters.ts";
import type { Optimizer } from "../../src/optim/index.ts";

/** A convolution, pooling, a dense layer and softmax cross-entropy over eight fixed images: smooth but for the pooling. */
export class SmallNetwork {
  readonly parameters: ParameterSet;
  readonly loss: Tensor;
  readonly gradients: readonly Tensor[];

  constructor() {
    const model = nn.sequential([
      nn.conv2d({ filters: 3, kernel: 3 }),
      nn.tanh(),
      nn.maxPool2d(2),
      nn.flatten(),
      nn.dense(4),
    ]);
    this.parameters = model.build([6, 6, 2], { seed: 5 });
    const random = new RandomStream(9);
    const images = random.fillNormal(new Float32Array(8 * 6 * 6 * 2), 0, 1);
    const labels = Uint32Array.from({ length: 8 }, () => random.below(4));
    const x = constantTensor(images, { shape: [8, 6, 6, 2], dtype: "f32" });
    const y = constantTensor(labels, { shape: [8], dtype: "u32" });
    this.loss = losses.crossEntropy()(model.forward(x, { training: true }), y);
    this.gradients = gradient(this.loss, this.parameters.tensors);
  }

  updates(optimizer: Optimizer): Update[] {
    return optimizer.update(this.parameters, this.gradients, { loss: this.loss });
  }
}
