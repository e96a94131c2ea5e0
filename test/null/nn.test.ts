import { describe, expect, test } from "vitest";
import type { WgradError } from "../../src/device/errors.ts";
import { ShapeError, UsageError } from "../../src/device/errors.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
import * as losses from "../../src/nn/losses.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const values = (numbers: ArrayLike<number>, shape: Shape = [numbers.length]): Tensor =>
  constantTensor(Float32Array.from(numbers), { shape, dtype: "f32" });

const labels = (numbers: readonly number[]): Tensor =>
  constantTensor(Uint32Array.from(numbers), { shape: [numbers.length], dtype: "u32" });

const random = (shape: Shape): Tensor =>
  values(new RandomStream(5).fillNormal(new Float32Array(elementCount(shape))), shape);

const onCpu = (tensor: Tensor): number[] => [...(evaluateOnCpu([tensor])[0] ?? [])];

function thrown(body: () => unknown): WgradError {
  try {
    body();
  } catch (error) {
    if (error instanceof ShapeError || error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const convolutional = () =>
  nn.sequential([
    nn.conv2d({ filters: 6, kernel: 3, padding: "same" }),
    nn.relu(),
    nn.maxPool2d(2),
    nn.flatten(),
    nn.dense(5, { bias: false }),
    nn.tanh(),
    nn.dense(3),
  ]);

describe("a model's parameters", () => {
  test("are named by their place, and each starts at a multiple of 256 bytes", () => {
    const set = convolutional().build([8, 8, 2], { seed: 1 });
    expect(set.parameters.map(({ name, shape, kind }) => [name, shape, kind])).toEqual([
      ["layer0.conv2d.weights", [3, 3, 2, 6], "weight"],
      ["layer0.conv2d.bias", [6], "bias"],
      ["layer4.dense.weights", [96, 5], "weight"],
      ["layer6.dense.weights", [5, 3], "weight"],
      ["layer6.dense.bias", [3], "bias"],
    ]);
    expect(set.parameters.map(({ offset }) => offset)).toEqual([0, 128, 192, 704, 768]);
    expect(set.length).toBe(832);
    expect(set.count).toBe(108 + 6 + 480 + 15 + 3);
    expect(set.tensors).toEqual(set.parameters.map(({ tensor }) => tensor));
  });

  test("follow from the seed, and not from what other layers draw", () => {
    const initial = (width: number, seed: number) => {
      const set = nn.sequential([nn.dense(width), nn.dense(4)]).build([6], { seed });
      const first = set.parameters[0]?.slice(set.state.initial as Float32Array);
      return [...(first ?? [])].slice(0, 6);
    };
    expect(initial(8, 3)).toEqual(initial(9, 3));
    expect(initial(8, 3)).not.toEqual(initial(8, 4));
  });

  test("biases start at zero, weights with He's variance", () => {
    const model = nn.sequential([nn.conv2d({ filters: 64, kernel: 3 }), nn.flatten(), nn.dense(100)]);
    const { parameters, state } = model.build([8, 8, 32], { seed: 2 });
    for (const parameter of parameters) {
      const drawn = parameter.slice(state.initial as Float32Array);
      const variance = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length;
      const fanIn = { "layer0.conv2d.weights": 9 * 32, "layer2.dense.weights": 36 * 64 }[parameter.name];
      if (fanIn === undefined) expect(variance).toBe(0);
      else expect(variance / (2 / fanIn)).toBeCloseTo(1, 1);
    }
  });

  test.each([
    ["heUniform", nn.heUniform(), 2 / 300],
    ["glorotNormal", nn.glorotNormal(), 2 / 700],
    ["glorotUniform", nn.glorotUniform(), 2 / 700],
    ["normal", nn.normal(0, 0.1), 0.01],
    ["uniform", nn.uniform(-0.3, 0.3), 0.03],
    ["constant", nn.constant(0.5), 0.25],
  ])("%s has its variance about zero", (_, initializer, expected) => {
    const drawn = new Float32Array(300 * 400);
    initializer(drawn, [300, 400], new RandomStream(7));
    const square = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length;
    expect(square / expected).toBeCloseTo(1, 1);
  });

  test("segments scale learning rate and decay by blocks of 64", () => {
    const set = nn.sequential([nn.dense(10)]).build([10], { seed: 0 });
    const table = set.segments(({ kind }) => ({ learningRate: 2, weightDecay: kind === "weight" ? 1 : 0 }));
    expect([...table]).toEqual([2, 1, 2, 1, 2, 0]);
  });
});

describe("building", () => {
  test("twice with one shape and seed gives the same parameters", () => {
    const model = convolutional();
    expect(model.build([8, 8, 2], { seed: 1 })).toBe(model.build([8, 8, 2], { seed: 1 }));
    expect(model.build([8, 8, 2])).toBe(model.parameterSet);
    expect(model.outputShape).toEqual([3]);
    expect(String(model)).toContain("layer4.dense.weights [96, 5]");
  });

  test("again for another shape or seed is refused", () => {
    const model = convolutional();
    model.build([8, 8, 2], { seed: 1 });
    const error = thrown(() => model.build([10, 10, 2]));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.message).toMatch(/^sequential: .*got \[10, 10, 2\]; expected \[8, 8, 2\]/);
    expect(thrown(() => model.build([8, 8, 2], { seed: 2 })).message).toMatch(/another seed/);
  });

  test("names the layer that does not fit, and can be tried again", () => {
    const model = nn.sequential([nn.sequential([nn.relu(), nn.dense(4)])]);
    const error = thrown(() => model.build([4, 4, 1]));
    expect(error.message).toMatch(/^dense\(layer0\.layer1\): .*flatten\(\) before it/);
    expect(model.isBuilt).toBe(false);
    expect(model.build([4]).count).toBe(20);
    const retried = nn.sequential([nn.dense(4), nn.maxPool2d(2)]);
    expect(thrown(() => retried.build([3])).where).toBe("maxPool2d(layer1)");
    expect(thrown(() => retried.build([3])).where).toBe("maxPool2d(layer1)");
  });

  test("names the layer of an op's complaint", () => {
    const small = nn.sequential([nn.conv2d({ filters: 2, kernel: 5 })]);
    expect(thrown(() => small.build([4, 4, 1])).where).toBe("conv2d(layer0)");
    const flat = nn.sequential([nn.flatten(), nn.conv2d({ filters: 2, kernel: 5 })]);
    expect(thrown(() => flat.build([8, 8, 1])).message).toMatch(/^conv2d\(layer1\): .*\[64\]/);
    const strided = nn.sequential([nn.conv2d({ filters: 2, kernel: 3, stride: 0 })]);
    expect(thrown(() => strided.build([8, 8, 1])).where).toBe("conv2d(layer0)");
  });

  test("a layer that stands twice shares its parameters; in another model it is refused", () => {
    const shared = nn.dense(6);
    const model = nn.sequential([shared, nn.relu(), shared]);
    expect(model.build([6]).parameters).toHaveLength(2);
    expect(model.parameters()).toHaveLength(2);
    expect(thrown(() => nn.sequential([shared]).build([6])).message).toMatch(/another model/);
    const odd = nn.dense(5);
    expect(thrown(() => nn.sequential([odd, odd]).build([6])).where).toBe("dense(layer0)");
  });

  test("wrong settings are refused at once", () => {
    expect(thrown(() => nn.dense(0)).where).toBe("dense");
    expect(thrown(() => nn.dropout(1)).where).toBe("dropout");
    expect(thrown(() => nn.conv2d({ filters: 1.5, kernel: 3 })).where).toBe("conv2d");
    expect(thrown(() => nn.activation("swoosh")).message).toContain("leakyRelu");
    expect(thrown(() => nn.sequential([])).where).toBe("sequential");
  });
});

describe("forward", () => {
  test("computes what the layers say", () => {
    const model = nn.sequential([
      nn.dense(2, { initializer: nn.constant(0.5), biasInitializer: nn.constant(1) }),
    ]);
    model.build([3]);
    expect(onCpu(model.forward(values([1, 2, 3, -2, 0, 0], [2, 3])))).toEqual([4, 4, 0, 0]);
  });

  test("gives the built shape for any batch", () => {
    const model = convolutional();
    model.build([8, 8, 2]);
    expect(model.forward(random([5, 8, 8, 2])).shape).toEqual([5, 3]);
    expect(model.forward(random([1, 8, 8, 2])).shape).toEqual([1, 3]);
  });

  test("refuses other shapes and models not built, by name", () => {
    const model = convolutional();
    expect(thrown(() => model.forward(random([1, 8, 8, 2]))).message).toMatch(
      /conv2d.*not built|before it was built/,
    );
    model.build([8, 8, 2]);
    expect(thrown(() => model.forward(random([1, 9, 8, 2]))).where).toBe("conv2d(layer0)");
    expect(thrown(() => convolutional().parameterSet).where).toBe("sequential");
  });

  test("dropout acts in training only, each layer with numbers of its own", () => {
    const model = nn.sequential([nn.dropout(0.5), nn.dropout(0.5)]);
    model.build([64]);
    const ones = values(new Float32Array(64).fill(1), [1, 64]);
    expect(onCpu(model.forward(ones))).toEqual(onCpu(ones));
    const kept = onCpu(model.forward(ones, { training: true })).filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([4]));
    expect(kept.length).toBeGreaterThan(4);
    expect(kept.length).toBeLessThan(30);
  });

  test.each(nn.activationNames)("%s keeps the shape", (name) => {
    const model = nn.sequential([nn.activation(name)]);
    model.build([7]);
    expect(model.forward(random([2, 7])).shape).toEqual([2, 7]);
  });
});

describe("losses", () => {
  test("crossEntropy is the mean over the batch", () => {
    const logits = values([2, 0, 0, 1], [2, 2]);
    const expected = [Math.log(1 + Math.exp(-2)), Math.log(1 + Math.exp(1))];
    const loss = losses.crossEntropy();
    expect(onCpu(loss.perExample(logits, labels([0, 0])))[1]).toBeCloseTo(expected[1] ?? 0, 10);
    expect(onCpu(loss(logits, labels([0, 0])))[0]).toBeCloseTo(
      ((expected[0] ?? 0) + (expected[1] ?? 0)) / 2,
      7,
    );
  });

  test("meanSquaredError is the mean over all elements, and wants one shape", () => {
    const loss = losses.meanSquaredError();
    expect(onCpu(loss(values([1, 2, 3, 4], [2, 2]), values([1, 0, 3, 0], [2, 2])))[0]).toBeCloseTo(5, 6);
    expect(onCpu(loss(values([1, 2]), values([1, 0])))[0]).toBeCloseTo(2, 6);
    expect(thrown(() => loss(values([1, 2]), values([1]))).where).toBe("meanSquaredError");
  });
});
