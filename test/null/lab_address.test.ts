import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { augmentationNames, nn, optim } from "../../src/index.browser.ts";
import type { Experiment, LayerChoice } from "../../src/lab/experiment.ts";
import { checkExperiment } from "../../src/lab/experiment_check.ts";
import { defaultExperiment, presets } from "../../src/lab/experiment_presets.ts";
import { fromAddress, toAddress } from "../../src/lab/experiment_url.ts";

const { settings } = defaultExperiment;

describe("toAddress", () => {
  test("is empty for the default", () => expect(toAddress(defaultExperiment)).toBe(""));

  test("can be read", () => {
    const layers: LayerChoice[] = [
      { kind: "conv2d", filters: 4, kernel: 3, stride: 1 },
      { kind: "conv2d", filters: 8, kernel: 3, stride: 2 },
      { kind: "dropout", rate: 0.25 },
      { kind: "dense", units: 32 },
      { kind: "activation" },
    ];
    const experiment: Experiment = {
      data: { kind: "bundled", name: "fashion-mnist" },
      layers,
      settings: { ...settings, learningRate: 0.01, clipNorm: 1, augment: ["rotation", "cutout"] },
      seed: 7,
    };
    expect(toAddress(experiment)).toBe(
      "?data=fashion-mnist&layers=conv2d-4-3_conv2d-8-3-2_dropout-0.25_dense-32_activation&clipNorm=1" +
        "&augment=rotation_cutout&learningRate=0.01&seed=7",
    );
  });
});

describe("fromAddress", () => {
  test("takes back what toAddress gave, whatever it is", () => {
    const wide = fc.integer({ min: 1, max: 16_384 });
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((value) => value + 0);
    const layer = fc.oneof<fc.Arbitrary<LayerChoice>[]>(
      fc.record({ kind: fc.constant("dense" as const), units: wide }),
      fc.record({ kind: fc.constant("dropout" as const), rate: share }),
      fc.record({ kind: fc.constantFrom("activation" as const, "batchNorm" as const, "layerNorm" as const) }),
    );
    const own = fc.record({ kind: fc.constant("own" as const), name: fc.string({ minLength: 1 }) });
    const experiment: fc.Arbitrary<Experiment> = fc.record({
      data: fc.oneof(fc.constant(defaultExperiment.data), own),
      layers: fc.array(layer, { maxLength: 8 }),
      settings: fc.record({
        batchSize: fc.integer({ min: 1, max: 1000 }),
        accumulate: fc.constant(1),
        epochs: fc.integer({ min: 1, max: 100 }),
        activation: fc.constantFrom(...nn.activationNames),
        initializer: fc.option(fc.constantFrom(...nn.initializerNames)),
        optimizer: fc.constantFrom(...optim.optimizerNames),
        learningRate: share,
        schedule: fc.constantFrom(...optim.schedules.scheduleNames),
        warmUp: share,
        l1: share,
        l2: share,
        clipValue: fc.option(fc.constantFrom(0.5, 1e-9)),
        clipNorm: fc.option(fc.constantFrom(5, 1e21)),
        gradientNoise: fc.constant(null),
        maxNorm: fc.constant(null),
        labelSmoothing: share,
        averageWeights: fc.option(share),
        augment: fc.subarray([...augmentationNames]),
      }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    });
    fc.assert(
      fc.property(experiment, (value) => {
        expect(checkExperiment(value)).toEqual({ experiment: value });
        expect(fromAddress(toAddress(value))).toEqual({ experiment: value, problems: [] });
      }),
      { numRuns: 200 },
    );
  });

  test("takes every preset back", () => {
    for (const { layers, settings: own } of presets) {
      const experiment = { ...defaultExperiment, layers, settings: own };
      expect(fromAddress(toAddress(experiment))).toEqual({ experiment, problems: [] });
    }
  });

  test("unknown fields are said, the rest is taken", () => {
    const { experiment, problems } = fromAddress("?learnRate=1&seed=4&epochs=2");
    expect(experiment).toEqual({ ...defaultExperiment, seed: 4, settings: { ...settings, epochs: 2 } });
    expect(problems).toEqual([
      { field: "learnRate", message: expect.stringMatching(/did you mean learningRate/) },
    ]);
  });

  test.each([
    ["learningRate=NaN", "settings.learningRate"],
    ["learningRate=fast", "settings.learningRate"],
    ["learningRate=", "settings.learningRate"],
    ["optimizer=adan", "settings.optimizer"],
    ["augment=spin", "settings.augment"],
    ["seed=x", "seed"],
    ["data=minst", "data.name"],
    ["own=", "data.name"],
    ["layers=dense", "layers.0.units"],
    ["layers=dense-3-4", "layers.0.number 2"],
    ["layers=_", "layers.0.kind"],
    ["layers=flatten_maxPool2d-2", "layers.1"],
    ["layers=__proto__-3", "layers.0.kind"],
    ["layers=dense-1e99", "layers.0.units"],
  ])("%s: a problem of %s, the default in its place", (query, field) => {
    const { experiment, problems } = fromAddress(`?${query}&epochs=3`);
    expect(problems[0]?.field).toBe(field);
    expect(problems[0]?.message).not.toBe("");
    expect(experiment).toEqual({ ...defaultExperiment, settings: { ...settings, epochs: 3 } });
  });

  test("no text whatever makes it throw", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (layers, rest) => {
        const { experiment } = fromAddress(`?layers=${layers}&${rest}`);
        expect(checkExperiment(experiment)).toEqual({ experiment });
      }),
    );
  });
});
