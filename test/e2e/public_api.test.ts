import { expect, test } from "vitest";
import { createEngine, data, gradient, losses, nn, optim, recipeNamed, spec } from "../../src/index.node.ts";

const adapter = process.env["WGRAD_ADAPTER"];

test("the recipe for MNIST learns digits", async () => {
  const engine = await createEngine({ seed: 1, adapter });
  try {
    const mnist = await data.mnist(engine);
    const recipe = recipeNamed("mnist-mlp");
    const optimizer = optim.adam({ learningRate: recipe.defaults.learningRate });
    const trainer = engine.trainer({ model: recipe.model("relu"), loss: losses.crossEntropy(), optimizer });
    const options = { batchSize: recipe.defaults.batchSize, steps: 300, validation: mnist.test.take(2000) };
    const epochs = [];
    for await (const epoch of trainer.fit(mnist.train, options)) epochs.push(epoch);
    expect(epochs).toHaveLength(1);
    expect(epochs[0]?.loss).toBeLessThan(0.5);
    expect(epochs[0]?.validation.accuracy).toBeGreaterThan(0.9);
  } finally {
    engine.dispose();
  }
});

test("a step of one's own: forward, loss, gradients and update over plain tensors", async () => {
  const engine = await createEngine({ seed: 1, adapter });
  try {
    const model = nn.sequential([nn.dense(16), nn.tanh(), nn.dense(1)]);
    const parameters = model.build([2], { seed: engine.seed });
    const optimizer = optim.sgd({ learningRate: 0.1, momentum: 0.9 });
    const step = await engine.compile(
      ({ x, y }) => {
        const loss = losses.meanSquaredError()(model.forward(x), y);
        return { loss, updates: optimizer.update(parameters, gradient(loss, model.parameters())) };
      },
      { x: spec("f32", [4, 2]), y: spec("f32", [4, 1]) },
    );
    const exclusiveOr = { x: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), y: Float32Array.of(0, 1, 1, 0) };
    let last = Number.NaN;
    for (let index = 0; index < 200; index++) {
      const { loss } = await step.run(exclusiveOr, { index, ...optimizer.stepValues(index + 1, 0.1) });
      last = loss?.[0] ?? Number.NaN;
    }
    expect(last).toBeLessThan(0.01);
  } finally {
    engine.dispose();
  }
});
