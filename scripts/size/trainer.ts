/** The same through the trainer: batches gathered on the device, many steps a submit, recovery, evaluation. */
import { createEngine, createTrainer, TableDataset } from "wgrad/core";
import { crossEntropy } from "wgrad/losses";
import { dense, relu, sequential } from "wgrad/nn";
import { adam } from "wgrad/optim";
import { classes, classNames, examples, featureNames } from "./task.ts";

export async function train(): Promise<readonly number[]> {
  const engine = await createEngine();
  const { x, y } = examples();
  const data = new TableDataset({
    name: "directions",
    features: x,
    featureNames,
    targets: { kind: "labels", labels: y, classes: classNames },
  });
  const trainer = createTrainer(engine, {
    model: sequential([dense(32), relu(), dense(classes)]),
    loss: crossEntropy(),
    optimizer: adam({ learningRate: 0.01 }),
  });
  const losses: number[] = [];
  for await (const epoch of trainer.fit(data, { batchSize: 32, epochs: 10 })) losses.push(epoch.loss);
  engine.dispose();
  return losses;
}
