/** The smallest training program: a dense network, cross-entropy, Adam, one compiled step. */
import { createEngine, gradient, spec } from "wgrad/core";
import { dense, relu, sequential } from "wgrad/nn";
import { mean, softmaxCrossEntropy } from "wgrad/ops";
import { adam } from "wgrad/optim";
import { batch, classes, examples, features } from "./task.ts";

export async function train(): Promise<readonly number[]> {
  const engine = await createEngine();
  const model = sequential([dense(32), relu(), dense(classes)]);
  const parameters = model.build([features], { seed: 1 });
  const optimizer = adam({ learningRate: 0.01 });
  const step = await engine.compile(
    ({ x, y }) => {
      const loss = mean(softmaxCrossEntropy(model.forward(x), y));
      return { loss, updates: optimizer.update(parameters, gradient(loss, parameters.tensors)) };
    },
    { x: spec("f32", [batch, features]), y: spec("u32", [batch]) },
  );
  const losses: number[] = [];
  for (let index = 0; index < 20; index++) {
    const values = optimizer.stepValues(index + 1, 1);
    const { loss } = await step.run(examples(), { index, ...values });
    losses.push(loss?.[0] ?? Number.NaN);
  }
  engine.dispose();
  return losses;
}
