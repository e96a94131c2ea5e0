/** The same from the entry with all of it, for whom bytes do not count. */
import { createEngine, losses, nn, optim, TableDataset } from "wgrad";
import { classes, classNames, examples, featureNames } from "./task.ts";

export async function train(): Promise<readonly number[]> {
  const engine = await createEngine();
  const { x, y } = examples();
  const trainer = engine.trainer({
    model: nn.sequential([nn.dense(32), nn.relu(), nn.dense(classes)]),
    loss: losses.crossEntropy(),
    optimizer: optim.adam({ learningRate: 0.01 }),
  });
  const data = new TableDataset({
    name: "directions",
    features: x,
    featureNames,
    targets: { kind: "labels", labels: y, classes: classNames },
  });
  const found: number[] = [];
  for await (const epoch of trainer.fit(data, { batchSize: 32, epochs: 10 })) found.push(epoch.loss);
  engine.dispose();
  return found;
}
