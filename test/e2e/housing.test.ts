import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { csv } from "../../src/data/csv.ts";
import { split } from "../../src/data/examples.ts";
import { standardise } from "../../src/data/standardise.ts";
import { nodePlatform } from "../../src/device/node.ts";
import { createEngineFor } from "../../src/engine.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import { adam } from "../../src/optim/index.ts";
import * as metrics from "../../src/training/metrics/index.ts";
import { leastSquares, predictions } from "../support/least_squares.ts";

/** Data that no package ships: beside the project, or where WGRAD_DATA says. */
const file = [process.env["WGRAD_DATA"], join("..", "shared", "data")]
  .flatMap((folder) => (folder ? [join(folder, "california-housing.csv")] : []))
  .find((path) => existsSync(path));

test.skipIf(!file)(
  "california-housing.csv (skipped where it is not in place): R² of least squares",
  async () => {
    const each = (name: string, part: string, whole: string) => ({
      name,
      of: (row: (column: string) => number) => row(part) / row(whole),
    });
    const features = [
      "median_income",
      "housing_median_age",
      each("rooms", "total_rooms", "households"),
      each("bedrooms", "total_bedrooms", "households"),
      "population",
      each("people", "population", "households"),
      "latitude",
      "longitude",
    ];
    const text = readFileSync(file ?? "", "utf8");
    const target = "median_house_value";
    expect(() => csv(text, { target })).toThrow(/row 1, column ocean_proximity: the field is no number/);
    const without = ["ocean_proximity"];
    expect(() => csv(text, { target, without })).toThrow(
      /row 291, column total_bedrooms: the field is empty/,
    );
    const whole = csv(text, { name: "housing", target, without, missing: "drop" });
    expect([whole.count, whole.featureNames.length]).toEqual([20433, 8]);

    const chosen = csv(text, { name: "housing", target, features, without, missing: "drop" });
    const parts = split(
      chosen.select(
        Uint32Array.from({ length: 2000 }, (_, at) => at * 10),
        "slice",
      ),
      {
        validation: 0.25,
        seed: 1,
      },
    );
    const { train, others } = standardise(parts.train, parts.validation);
    const [held = train] = others;
    if (train.targets.kind !== "values" || held.targets.kind !== "values") throw new Error("values");
    const weights = leastSquares(train, train.targets.values);
    const values = held.targets.values;
    const told = predictions(held, weights);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const residuals = told.reduce((sum, value, at) => sum + (value - (values[at] ?? 0)) ** 2, 0);
    const expected = 1 - residuals / values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(expected).toBeGreaterThan(0.4);
    expect(expected).toBeLessThan(0.8);

    const engine = await createEngineFor(nodePlatform, { submitMilliseconds: 20 })({
      adapter: process.env["WGRAD_ADAPTER"],
    });
    try {
      const model = nn.sequential([nn.dense(1)]);
      const trainer = engine.trainer({
        model,
        loss: losses.meanSquaredError(),
        optimizer: adam({ learningRate: 1 }),
      });
      const parameters = trainer.build([8]);
      parameters.parameters.forEach(({ offset, shape }) => {
        const own = shape.length === 2 ? weights.slice(0, 8) : weights.slice(8);
        engine.writeState(parameters.state, Float32Array.from(own), offset);
      });
      const { metrics: got } = await trainer.evaluate(held, { metrics: [metrics.rSquared()] });
      expect(got.rSquared).toBeCloseTo(expected, 4);
    } finally {
      engine.dispose();
    }
  },
);
