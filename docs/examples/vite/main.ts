/**
 * A page bundled by Vite: the sine of a number, learnt by a compiled step over plain tensors. Imports are from wgrad's rooms, so
 * that the bundle has what is named here and no more.
 */
import { createEngine, firstStep, gradient, spec } from "wgrad/core";
import { dense, sequential, tanh } from "wgrad/nn";
import { mean, square, sub } from "wgrad/ops";
import { adam } from "wgrad/optim";

const [batch, steps] = [128, 300];
const engine = await createEngine();
const model = sequential([dense(32), tanh(), dense(1)]);
const parameters = model.build([1], { seed: 1 });
const optimizer = adam({ learningRate: 0.01 });

// Traced once; replayed with new numbers as often as wanted.
const step = await engine.compile(
  ({ x, y }) => {
    const loss = mean(square(sub(model.forward(x), y)));
    return { loss, updates: optimizer.update(parameters, gradient(loss, parameters.tensors)) };
  },
  { x: spec("f32", [batch, 1]), y: spec("f32", [batch, 1]) },
);

for (let index = 0; index < steps; index++) {
  const x = Float32Array.from({ length: batch }, () => 6 * Math.random() - 3);
  step.upload({ x, y: x.map(Math.sin) });
  step.replay([stepOf(index)]);
  // Reading waits for the device: every step would be slow.
  if (index % 50 === 49) show(`Step ${index + 1}: loss ${(await step.read("loss"))[0]?.toFixed(4)}`);
}
document.body.dataset["done"] = "true";

function stepOf(index: number) {
  return { ...firstStep, index, ...optimizer.stepValues(index + 1, 1) };
}

function show(text: string): void {
  const status = document.getElementById("status");
  if (status) status.textContent = text;
}
