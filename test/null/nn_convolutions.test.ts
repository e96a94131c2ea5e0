import { describe, expect, test } from "vitest";
import { constantTensor } from "../../src/graph/leaves.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
import { conv1d } from "../../src/ops/conv1d.ts";
import { depthwiseConv2d } from "../../src/ops/depthwiseConv2d.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

/** A layer, the input it is built for, what comes out, its weights, and how many inputs feed an output. */
const layers = [
  [
    "conv2d in groups",
    nn.conv2d({ filters: 128, kernel: 3, groups: 4 }),
    [8, 8, 32],
    [6, 6, 128],
    [3, 3, 8, 128],
    72,
  ],
  [
    "depthwiseConv2d",
    nn.depthwiseConv2d({ kernel: [5, 3], multiplier: 2, padding: "same" }),
    [8, 8, 256],
    [8, 8, 512],
    [5, 3, 256, 2],
    15,
  ],
  [
    "conv1d",
    nn.conv1d({ filters: 64, kernel: 4, padding: "causal", groups: 2 }),
    [9, 64],
    [9, 64],
    [4, 32, 64],
    128,
  ],
  [
    "conv2dTranspose",
    nn.conv2dTranspose({ filters: 32, kernel: 4, stride: 2, padding: 1 }),
    [4, 5, 32],
    [8, 10, 32],
    [4, 4, 32, 32],
    128,
  ],
  [
    "conv2dTranspose of a larger stride",
    nn.conv2dTranspose({ filters: 64, kernel: 2, stride: 3, groups: 2 }),
    [4, 4, 64],
    [12, 12, 64],
    [2, 2, 32, 64],
    32,
  ],
  [
    "conv1dTranspose",
    nn.conv1dTranspose({ filters: 64, kernel: 6, stride: 3, outputPadding: 1 }),
    [5, 64],
    [19, 64],
    [6, 64, 64],
    128,
  ],
] as const;

const varianceOf = (drawn: Float32Array) =>
  drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length;

describe("convolution layers", () => {
  test.each(layers)("%s", (_, layer, input: Shape, output: Shape, weights: Shape, fanIn) => {
    const model = nn.sequential([layer]);
    const { parameters, state } = model.build(input, { seed: 3 });
    expect(model.outputShape).toEqual(output);
    const names = parameters.map(({ name, shape }) => [name, shape]);
    expect(names).toEqual([
      [`layer0.${layer.name}.weights`, weights],
      [`layer0.${layer.name}.bias`, output.slice(-1)],
    ]);
    const variance = varianceOf(parameters[0]?.slice(state.initial as Float32Array) ?? new Float32Array());
    expect(variance / (2 / fanIn)).toBeCloseTo(1, 1);
    const x = constantTensor(new Float32Array(2 * elementCount(input)), {
      shape: [2, ...input],
      dtype: "f32",
    });
    expect(model.forward(x).shape).toEqual([2, ...output]);
  });

  test("Glorot's initialisers see a group's outputs", () => {
    const options = { filters: 256, kernel: 3, groups: 8, initializer: nn.glorotNormal() };
    const { parameters, state } = nn.sequential([nn.conv2d(options)]).build([4, 4, 64]);
    const variance = varianceOf(parameters[0]?.slice(state.initial as Float32Array) ?? new Float32Array());
    expect(variance / (2 / (9 * 8 + 9 * 32))).toBeCloseTo(1, 1);
  });

  test("are their ops with a bias", () => {
    const image = [2, 5, 4, 3];
    const values = new RandomStream(1).fillNormal(new Float32Array(elementCount(image)), 0, 1);
    const x = constantTensor(values, { shape: image, dtype: "f32" });
    const layer = nn.sequential([nn.depthwiseConv2d({ kernel: 3, biasInitializer: nn.constant(2) })]);
    layer.build([5, 4, 3]);
    const [weights] = layer.parameters();
    if (!weights) throw new Error("a layer without weights");
    const [own, plain] = evaluateOnCpu([layer.forward(x), depthwiseConv2d(x, weights)]);
    expect([...(own ?? [])]).toEqual([...(plain ?? [])].map((value) => value + 2));
  });

  test("go without a bias", () => {
    const line = constantTensor(new Float32Array(14).fill(1), { shape: [1, 7, 2], dtype: "f32" });
    const layer = nn.conv1d({ filters: 2, kernel: 3, bias: false, initializer: nn.constant(0.5) });
    const model = nn.sequential([layer]);
    model.build([7, 2]);
    const [weights, bias] = model.parameters();
    if (!weights) throw new Error("a layer without weights");
    expect(bias).toBeUndefined();
    expect(evaluateOnCpu([model.forward(line)])).toEqual(evaluateOnCpu([conv1d(line, weights)]));
  });

  test("say what does not fit", () => {
    const build = (layer: nn.Module, shape: Shape) => () => nn.sequential([layer]).build(shape);
    expect(build(nn.conv2d({ filters: 4, kernel: 3, groups: 3 }), [8, 8, 6])).toThrow(
      /conv2d\(layer0\): .*groups/,
    );
    expect(build(nn.conv2d({ filters: 6, kernel: 3, groups: 3 }), [8, 8, 4])).toThrow(
      /conv2d\(layer0\): .*groups/,
    );
    expect(build(nn.conv1d({ filters: 4, kernel: 3 }), [8, 8, 6])).toThrow(
      /takes lines.*\[length, channels\]/s,
    );
    expect(build(nn.depthwiseConv2d({ kernel: 9 }), [8, 8, 6])).toThrow(/depthwiseConv2d\(layer0\)/);
    expect(build(nn.conv2dTranspose({ filters: 4, kernel: 3, outputPadding: 2 }), [8, 8, 6])).toThrow(
      /conv2dTranspose\(layer0\)/,
    );
    expect(() => nn.conv2d({ filters: 4, kernel: 3, groups: 0 })).toThrow(
      /wrong filters or kernel or groups/,
    );
    expect(() => nn.depthwiseConv2d({ kernel: 3, multiplier: 1.5 })).toThrow(/multiplier 1.5/);
    expect(() => nn.conv1d({ filters: 4, kernel: 0 })).toThrow(/kernel 0/);
  });
});
