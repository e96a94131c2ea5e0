import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import { standardise } from "../../src/data/standardise.ts";
import { TableDataset } from "../../src/data/table_dataset.ts";
import { nodePlatform } from "../../src/device/node.ts";
import type { WgradEngine } from "../../src/engine.ts";
import { createEngineFor } from "../../src/engine.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import * as nn from "../../src/nn/index.ts";
import type { Loss } from "../../src/nn/losses.ts";
import * as losses from "../../src/nn/losses.ts";
import { adam, sgd } from "../../src/optim/index.ts";
import type { ClassScores, ConfusionMatrix } from "../../src/training/metrics/index.ts";
import * as metrics from "../../src/training/metrics/index.ts";
import { toyImages } from "../support/toy_images.ts";
import { toyTable } from "../support/toy_tables.ts";

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 20 });
let engine: WgradEngine;
beforeAll(async () => {
  engine = await createEngine({ seed: 11, adapter: process.env["WGRAD_ADAPTER"] });
});
afterAll(() => engine.dispose());

describe("metrics of labels", () => {
  const images = toyImages(53);

  test("are what the host counts from predictions, whatever the batch size, each time anew", async () => {
    const model = nn.sequential([nn.flatten(), nn.dense(4)]);
    const trainer = engine.trainer({
      model,
      loss: losses.crossEntropy(),
      optimizer: sgd({ learningRate: 0.1 }),
    });
    for await (const _ of trainer.fit(images, { batchSize: 10, steps: 4 }));
    const wanted = [
      metrics.accuracy(),
      metrics.topK(2),
      metrics.topK(9),
      metrics.confusionMatrix(),
      metrics.perClass(),
    ] as const;
    const pixels = Float32Array.from(images.images, (pixel) => (pixel / 255 - 0.3) / 0.2);
    const { outputs, classes } = await trainer.predict(pixels);
    const counts = [0, 1, 2, 3].map((label) =>
      [0, 1, 2, 3].map(
        (told) => [...images.labels].filter((own, at) => own === label && classes[at] === told).length,
      ),
    );
    const among = [...images.labels].filter((label, at) => {
      const row = [...outputs.subarray(at * 4, at * 4 + 4)];
      return row.filter((value) => value > (row[label] ?? 0)).length < 2;
    }).length;
    for (const batchSize of [7, 53, 100, 7]) {
      const { metrics: got, ...rest } = await trainer.evaluate(images, { batchSize, metrics: wanted });
      expectTypeOf(got.top2).toEqualTypeOf<number>();
      expectTypeOf(got.confusionMatrix).toEqualTypeOf<ConfusionMatrix>();
      expectTypeOf(got.perClass).toEqualTypeOf<readonly ClassScores[]>();
      expect(got.confusionMatrix).toEqual({ classes: images.classes, counts });
      expect(got.accuracy).toBe(rest.accuracy);
      expect(got.accuracy).toBe(metrics.accuracyOf(got.confusionMatrix));
      expect(got.top2).toBe(among / 53);
      expect(got.top9).toBe(1);
      expect(got.perClass).toEqual(metrics.classScoresOf(got.confusionMatrix));
      expect(got.accuracy).toBeGreaterThan(0.3);
      expect(got.accuracy).toBeLessThan(1);
    }
    expect((await trainer.evaluate(images)).metrics).toEqual({});
  });

  test("refuse targets of the other kind, and two of one name", async () => {
    const model = nn.sequential([nn.flatten(), nn.dense(4)]);
    const trainer = engine.trainer({
      model,
      loss: losses.crossEntropy(),
      optimizer: sgd({ learningRate: 0.1 }),
    });
    const asked = (of: readonly metrics.Metric[]) => trainer.evaluate(images, { metrics: of });
    await expect(asked([metrics.rSquared()])).rejects.toThrow(
      /of values, and the dataset's targets are labels/,
    );
    await expect(asked([metrics.topK(2), metrics.topK(2)])).rejects.toThrow(/twice; got top2/);
    expect(() => metrics.topK(0)).toThrow(/wrong k/);
  });
});

describe("regression", () => {
  test("learns a small table, and R² and errors are the host's", async () => {
    const train = toyTable(192);
    const held = toyTable(61, { seed: 5 });
    const model = nn.sequential([nn.dense(1)]);
    const trainer = engine.trainer({
      model,
      loss: losses.meanSquaredError(),
      optimizer: adam({ learningRate: 0.1 }),
    });
    const reports = [];
    for await (const report of trainer.fit(train, { batchSize: 32, epochs: 20, validation: held })) {
      reports.push(report);
    }
    const [first, last] = [reports[0], reports.at(-1)];
    expect(last?.loss).toBeLessThan(0.05 * (first?.loss ?? 0));
    expect(last?.meanAbsoluteError).toBeLessThan(0.3 * (first?.meanAbsoluteError ?? 0));
    expect(last?.accuracy).toBeNaN();
    const wanted = [
      metrics.rSquared(),
      metrics.meanAbsoluteError(),
      metrics.meanSquaredError(),
      metrics.rootMeanSquaredError(),
    ];
    const { metrics: got, ...evaluation } = await trainer.evaluate(held, { batchSize: 10, metrics: wanted });
    const { outputs } = await trainer.predict(held.features);
    const values = held.targets.kind === "values" ? held.targets.values : new Float32Array();
    const mean = values.reduce((sum, value) => sum + value, 0) / 61;
    const squares = outputs.reduce((sum, value, at) => sum + (value - (values[at] ?? 0)) ** 2, 0);
    const absolute = outputs.reduce((sum, value, at) => sum + Math.abs(value - (values[at] ?? 0)), 0);
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(got.rSquared).toBeCloseTo(1 - squares / spread, 5);
    expect(got.rSquared).toBeGreaterThan(0.99);
    expect(got.meanSquaredError).toBeCloseTo(squares / 61, 6);
    expect(got.rootMeanSquaredError).toBeCloseTo(Math.sqrt(squares / 61), 6);
    expect(got.meanAbsoluteError).toBeCloseTo(absolute / 61, 5);
    expect(evaluation.meanAbsoluteError).toBeCloseTo(absolute / 61, 5);
    expect(evaluation.loss).toBeCloseTo(squares / 61, 5);
  });

  test("a table of classes trains with cross-entropy", async () => {
    const random = new RandomStream(4);
    const labels = Uint32Array.from({ length: 90 }, () => random.below(3));
    const features = Float32Array.from({ length: 180 }, (_, at) => {
      const label = labels[Math.floor(at / 2)] ?? 0;
      return (at % 2 === 0 ? label : label === 1 ? 2 : 0) + 0.2 * random.normal();
    });
    const targets = { kind: "labels", classes: ["a", "b", "c"], labels } as const;
    const raw = new TableDataset({ name: "clouds", features, featureNames: ["x", "y"], targets });
    const { train } = standardise(raw);
    const model = nn.sequential([nn.dense(8), nn.tanh(), nn.dense(3)]);
    const trainer = engine.trainer({
      model,
      loss: losses.crossEntropy(),
      optimizer: adam({ learningRate: 0.1 }),
    });
    for await (const _ of trainer.fit(train, { batchSize: 30, epochs: 15 }));
    expect((await trainer.evaluate(train)).accuracy).toBeGreaterThan(0.95);
  });

  test("refuses losses and models that do not fit values", async () => {
    const table = toyTable(10);
    const optimizer = sgd({ learningRate: 0.1 });
    const of = (units: number, loss: Loss) =>
      engine.trainer({ model: nn.sequential([nn.dense(units)]), loss, optimizer }).evaluate(table);
    await expect(of(1, losses.crossEntropy())).rejects.toThrow(
      /compares with labels.*values.*meanSquaredError/,
    );
    await expect(of(2, losses.meanSquaredError())).rejects.toThrow(/output for each value.*dense\(1\)/);
  });
});
