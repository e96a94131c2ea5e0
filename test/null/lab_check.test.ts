import { describe, expect, test } from "vitest";
import { checkExperiment } from "../../src/lab/experiment_check.ts";
import { defaultExperiment } from "../../src/lab/experiment_presets.ts";

const { settings } = defaultExperiment;

describe("checkExperiment", () => {
  test("a right experiment comes back as it is", () => {
    expect(checkExperiment(defaultExperiment)).toEqual({ experiment: defaultExperiment });
  });

  test("from JSON too", () => {
    const copy: unknown = JSON.parse(JSON.stringify(defaultExperiment));
    expect(checkExperiment(copy)).toEqual({ experiment: defaultExperiment });
  });

  test.each([
    [
      "settings.learningRate",
      { settings: { ...settings, learningRate: Number.NaN } },
      /^got NaN; expected a fin/,
    ],
    ["settings.optimizer", { settings: { ...settings, optimizer: "adamm" } }, /did you mean adam/],
    ["settings.epochs", { settings: { ...settings, epochs: 0 } }, /^got 0; expected an integer from 1 to/],
    ["settings.momentum", { settings: { ...settings, momentum: 1 } }, /there is no field momentum/],
    ["settings.accumulate", { settings: { ...settings, accumulate: 5 } }, /got 5 parts of 32 images/],
    ["seed", { seed: 1.5 }, /^got 1.5; expected an integer from 0 to/],
    [
      "data.name",
      { data: { kind: "bundled", name: "mnits" } },
      /there is no dataset mnits; did you mean mnist/,
    ],
    ["layers.0.kind", { layers: [{ kind: "convd2" }] }, /there is no layer convd2; did you mean conv2d/],
    ["layers.1.units", { layers: [{ kind: "flatten" }, { kind: "dense", units: "x" }] }, /^got x; expected/],
    ["layers.0.rate", { layers: [{ kind: "dropout", rate: 1 }] }, /^got 1; expected at least 0 and below 1/],
    ["layers.0.size", { layers: [{ kind: "maxPool2d" }] }, /^got nothing; expected a value/],
    ["layers.0.bias", { layers: [{ kind: "flatten", bias: true }] }, /there is no such field/],
    [
      "layers.1",
      { layers: [{ kind: "flatten" }, { kind: "conv2d", filters: 1, kernel: 3, stride: 1 }] },
      /^Layer 2, conv2d: .*got \[784\]; expected \[height, width, channels\]/,
    ],
    ["colour", { colour: "red" }, /there is no field colour/],
  ])("%s: its own message and no other", (field, changes, message) => {
    const checked = checkExperiment({ ...defaultExperiment, ...changes });
    if (!("problems" in checked)) throw new Error("it was taken");
    expect(checked.problems).toEqual([{ field, message: expect.stringMatching(message) }]);
  });

  test("all mistakes are said at once", () => {
    const wrong = { ...defaultExperiment, seed: -1, settings: { ...settings, l1: -1, schedule: "coisne" } };
    const checked = checkExperiment(wrong);
    const fields = "problems" in checked ? checked.problems.map(({ field }) => field) : [];
    expect(fields).toEqual(["settings.schedule", "settings.l1", "seed"]);
  });

  test.each([[undefined], [null], ["x"], [3]])("%s is no experiment", (value) => {
    expect(checkExperiment(value)).toEqual({ problems: [{ message: "expected an experiment" }] });
  });

  test("own data: layers are held against its shape once that is known", () => {
    const own = { ...defaultExperiment, data: { kind: "own", name: "flowers.csv" } };
    expect(checkExperiment(own)).toMatchObject({ experiment: own });
    expect(checkExperiment(own, { shape: [4], classes: 3 })).toEqual({
      problems: [{ field: "layers.0", message: expect.stringMatching(/^Layer 1, conv2d: .*got \[4\]/) }],
    });
  });
});
