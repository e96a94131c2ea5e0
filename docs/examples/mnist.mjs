import { createEngine, data, losses, nn, optim } from "wgrad";

const engine = await createEngine({ seed: 1 }); // a GPU, or a software adapter where there is none
const mnist = await data.mnist(engine); // lives on the GPU, a byte a pixel
const model = nn.sequential([
  nn.conv2d({ filters: 8, kernel: 3, padding: "same" }),
  nn.relu(),
  nn.maxPool2d(2),
  nn.conv2d({ filters: 16, kernel: 3, padding: "same" }),
  nn.relu(),
  nn.maxPool2d(2),
  nn.flatten(),
  nn.dense(64),
  nn.relu(),
  nn.dense(10),
]);
const optimizer = optim.adamW({ learningRate: 3e-3 });
const trainer = engine.trainer({ model, loss: losses.crossEntropy(), optimizer });
for await (const epoch of trainer.fit(mnist.train, { batchSize: 32, steps: 200, validation: mnist.test })) {
  console.log(epoch.step, epoch.loss, epoch.validation.accuracy);
}
engine.dispose(); // the only thing a user ever frees
