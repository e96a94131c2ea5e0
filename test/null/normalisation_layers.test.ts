import { describe, expect, test } from "vitest";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const random = (shape: Shape): Tensor =>
  constantTensor(new RandomStream(5).fillNormal(new Float32Array(elementCount(shape))), {
    shape,
    dtype: "f32",
  });

const onCpu = (tensor: Tensor): number[] => [...(evaluateOnCpu([tensor])[0] ?? [])];

describe("normalisation layers", () => {
  test("declare scale and bias of the channels, or fewer", () => {
    const model = nn.sequential([
      nn.batchNorm(),
      nn.groupNorm(2, { bias: false }),
      nn.instanceNorm({ scale: false, bias: false }),
      nn.layerNorm({ lastAxes: 2 }),
      nn.rmsNorm(),
    ]);
    const { parameters } = model.build([3, 5, 4]);
    expect(parameters.map(({ name, shape, kind }) => [name, shape, kind])).toEqual([
      ["layer0.batchNorm.scale", [4], "scale"],
      ["layer0.batchNorm.bias", [4], "bias"],
      ["layer1.groupNorm.scale", [4], "scale"],
      ["layer3.layerNorm.scale", [5, 4], "scale"],
      ["layer3.layerNorm.bias", [5, 4], "bias"],
      ["layer4.rmsNorm.scale", [4], "scale"],
    ]);
    expect(model.outputShape).toEqual([3, 5, 4]);
    expect(model.buffers().map(({ name, shape }) => [name, shape])).toEqual([
      ["layer0.batchNorm.runningMean", [4]],
      ["layer0.batchNorm.runningVariance", [4]],
    ]);
    expect(onCpu(model.forward(random([2, 3, 5, 4])))).toHaveLength(120);
  });

  test("say what does not fit", () => {
    const build = (layer: nn.Module, shape: Shape) => () => nn.sequential([layer]).build(shape);
    expect(build(nn.groupNorm(3), [5, 4])).toThrow(/groupNorm\(layer0\).*3 of 4/s);
    expect(build(nn.instanceNorm(), [4])).toThrow(/too few axes/);
    expect(build(nn.layerNorm({ lastAxes: 2 }), [4])).toThrow(/too few axes/);
    expect(() => nn.batchNorm({ momentum: 1.5 })).toThrow(/momentum/);
    expect(() => nn.groupNorm(0)).toThrow(/groups/);
    expect(() => nn.layerNorm({ lastAxes: 0 })).toThrow(/lastAxes/);
    expect(build(nn.weightNorm(nn.relu()), [4])).toThrow(/no weights/);
  });

  test("batchNorm takes the batch's statistics in training, the running ones else", () => {
    const model = nn.sequential([nn.batchNorm()]);
    model.build([3]);
    const x = random([50, 3]);
    const buffers = new nn.BufferUpdates();
    const trained = onCpu(model.forward(x, { training: true, buffers }));
    expect(trained.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
    // Running statistics begin with mean 0 and variance 1.
    const plain = onCpu(x);
    onCpu(model.forward(x)).forEach((value, index) => {
      expect(value).toBeCloseTo((plain[index] ?? 0) / Math.sqrt(1 + 1e-5), 5);
    });
    expect(buffers.updates.map(({ state }) => state.label)).toEqual(model.buffers().map(({ name }) => name));
    expect(buffers.updates).toHaveLength(2);
  });

  test("a batchNorm that stands twice moves its statistics twice", () => {
    const layer = nn.batchNorm({ momentum: 0.5, scale: false, bias: false });
    const model = nn.sequential([layer, layer]);
    model.build([2]);
    const buffers = new nn.BufferUpdates();
    model.forward(random([40, 2]), { training: true, buffers });
    const [mean, variance] = evaluateOnCpu(buffers.updates.map(({ value }) => value));
    // The second normalises what has mean 0 already.
    expect(buffers.updates).toHaveLength(2);
    const first = new nn.BufferUpdates();
    const once = nn.sequential([nn.batchNorm({ momentum: 0.5, scale: false, bias: false })]);
    once.build([2]);
    once.forward(random([40, 2]), { training: true, buffers: first });
    const [onceMean, onceVariance] = evaluateOnCpu(first.updates.map(({ value }) => value));
    mean?.forEach((value, index) => {
      expect(value).toBeCloseTo(0.5 * (onceMean?.[index] ?? 0), 6);
      const expected = 0.5 * (onceVariance?.[index] ?? 0) + 0.5 * (40 / 39);
      expect(variance?.[index]).toBeCloseTo(expected, 4);
    });
  });
});

describe("weightNorm", () => {
  test.each([
    ["dense", (own: (layer: nn.Module) => nn.Module) => own(nn.dense(5)), [7]],
    [
      "conv2d",
      (own: (layer: nn.Module) => nn.Module) => own(nn.conv2d({ filters: 6, kernel: 3 })),
      [5, 5, 2],
    ],
  ] as const)("around %s starts with the same weights, in two parameters", (name, build, shape) => {
    const plain = nn.sequential([build((layer) => layer)]);
    const split = nn.sequential([build(nn.weightNorm)]);
    plain.build(shape, { seed: 3 });
    const { parameters } = split.build(shape, { seed: 3 });
    expect(parameters.map((parameter) => [parameter.name, parameter.kind])).toEqual([
      [`layer0.${name}.weights.direction`, "weight"],
      [`layer0.${name}.weights.magnitude`, "scale"],
      [`layer0.${name}.bias`, "bias"],
    ]);
    expect(split.parameters()).toHaveLength(3);
    const x = random([2, ...shape]);
    const expected = onCpu(plain.forward(x));
    onCpu(split.forward(x)).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 5);
    });
  });
});
