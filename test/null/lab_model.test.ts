import { describe, expect, test } from "vitest";
import { recipeNamed } from "../../src/index.browser.ts";
import type { LayerChoice } from "../../src/lab/experiment.ts";
import { fitOf, modelOf } from "../../src/lab/experiment_model.ts";
import { defaultExperiment, presets } from "../../src/lab/experiment_presets.ts";

const image = [28, 28, 1] as const;
const withLayers = (...layers: LayerChoice[]) => ({ ...defaultExperiment, layers });

describe("modelOf", () => {
  test.each([
    ["cnn", "mnist-cnn"],
    ["mlp", "mnist-mlp"],
  ])("preset %s is the recipe %s, to the last initial weight", (name, recipeName) => {
    const preset = presets.find((candidate) => candidate.name === name);
    if (!preset) throw new Error("no such preset");
    const recipe = recipeNamed(recipeName);
    const made = modelOf(preset, image, 10);
    const wanted = recipe.model(recipe.defaults.activation);
    const own = made.build(image, { seed: 3 });
    const theirs = wanted.build(image, { seed: 3 });
    expect(made.toString()).toBe(wanted.toString());
    expect(own.parameters.map(({ name, shape }) => [name, shape])).toEqual(
      theirs.parameters.map(({ name, shape }) => [name, shape]),
    );
    expect(own.state.initial?.length).toBe(own.state.type.shape[0]);
    expect(own.state.initial).toEqual(theirs.state.initial);
  });

  test("a dense layer that meets an image flattens it", () => {
    const model = modelOf(withLayers({ kind: "dense", units: 5 }), image, 3);
    model.build(image);
    expect(model.layers.map(({ name }) => name)).toEqual(["flatten", "dense", "dense"]);
    expect(model.outputShape).toEqual([3]);
  });

  test("rows of a table are flat already", () => {
    const model = modelOf(withLayers({ kind: "dense", units: 5 }, { kind: "activation" }), [4], 3);
    expect(model.layers.map(({ name }) => name)).toEqual(["dense", "relu", "dense"]);
  });

  test("without layers, the output alone is left: logistic regression", () => {
    const model = modelOf(withLayers(), image, 10);
    model.build(image);
    expect(model.parameterSet.count).toBe(7850);
  });
});

describe("fitOf", () => {
  test("gives the shape behind each layer", () => {
    const { outputs, problem } = fitOf(
      withLayers(
        { kind: "conv2d", filters: 8, kernel: 5, stride: 2 },
        { kind: "batchNorm" },
        { kind: "averagePool2d", size: 2 },
        { kind: "dropout", rate: 0.5 },
        { kind: "dense", units: 6 },
        { kind: "layerNorm" },
      ),
      image,
      10,
    );
    expect(problem).toBeUndefined();
    expect(outputs).toEqual([[14, 14, 8], [14, 14, 8], [7, 7, 8], [7, 7, 8], [6], [6]]);
  });

  test("says which layer does not fit, what it got and what it takes", () => {
    const layers: LayerChoice[] = [
      { kind: "dense", units: 5 },
      { kind: "activation" },
      { kind: "conv2d", filters: 8, kernel: 3, stride: 1 },
    ];
    const { outputs, problem } = fitOf(withLayers(...layers), image, 10);
    expect(outputs).toEqual([[5], [5]]);
    expect(problem).toEqual({
      field: "layers.2",
      message: "Layer 3, conv2d: it takes images; got [5]; expected [height, width, channels]",
    });
  });

  test("pools larger than the image do not fit", () => {
    const { problem } = fitOf(
      withLayers({ kind: "maxPool2d", size: 14 }, { kind: "maxPool2d", size: 4 }),
      image,
      10,
    );
    expect(problem?.field).toBe("layers.1");
    expect(problem?.message).toMatch(/^Layer 2, maxPool2d: .*got /);
  });

  test("every preset fits", () => {
    for (const preset of presets) {
      const { outputs, problem } = fitOf(preset, image, 10);
      expect([outputs.length, problem]).toEqual([preset.layers.length, undefined]);
    }
  });
});
