import { describe, expect, test } from "vitest";
import { CheckpointError, UsageError } from "../../src/device/errors.ts";
import { inputTensor, type State } from "../../src/graph/leaves.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { importWeights, weightsInOrder } from "../../src/training/import_weights.ts";
import type { SafetensorsTensor } from "../../src/training/safetensors.ts";
import { readSafetensors, writeSafetensors } from "../../src/training/safetensors.ts";

const random = new RandomStream(3);
const drawn = (...shape: number[]): SafetensorsTensor & { readonly dtype: "F32" } => ({
  dtype: "F32",
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.uniform() - 0.5),
});

const [inChannels, size, filters, units] = [2, 4, 3, 5];
/** As PyTorch names and lays out a Conv2d(2, 3, kernel_size=(2, 3)), a flatten and a Linear(3 · 3 · 2, 5). */
const exported = {
  "0.weight": drawn(filters, inChannels, 2, 3),
  "0.bias": drawn(filters),
  "3.weight": drawn(units, filters * 3 * 2),
  "3.bias": drawn(units),
};
const input = drawn(inChannels, size, size).data;

/** What PyTorch would give: the same in plain loops over NCHW. */
function expectedOutput(): number[] {
  const at = (data: Float32Array, index: number): number => data[index] ?? Number.NaN;
  const hidden: number[] = [];
  for (let o = 0; o < filters; o++)
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 2; x++) {
        let sum = at(exported["0.bias"].data, o);
        for (let i = 0; i < inChannels; i++)
          for (let ky = 0; ky < 2; ky++)
            for (let kx = 0; kx < 3; kx++)
              sum +=
                at(input, (i * size + y + ky) * size + x + kx) *
                at(exported["0.weight"].data, ((o * inChannels + i) * 2 + ky) * 3 + kx);
        hidden.push(Math.max(0, sum));
      }
  return Array.from({ length: units }, (_, unit) =>
    hidden.reduce(
      (sum, value, index) => sum + value * at(exported["3.weight"].data, unit * hidden.length + index),
      at(exported["3.bias"].data, unit),
    ),
  );
}

const network = () =>
  nn.sequential([nn.conv2d({ filters, kernel: [2, 3] }), nn.relu(), nn.flatten(), nn.dense(units)]);
const fileOf = (tensors: Record<string, SafetensorsTensor>) =>
  readSafetensors(writeSafetensors(Object.entries(tensors)));
const file = fileOf(exported);
const flattenedFrom = [filters, 3, 2] as const;
const map = {
  "layer0.conv2d.weights": "0.weight",
  "layer0.conv2d.bias": "0.bias",
  "layer3.dense.weights": { from: "3.weight", flattenedFrom },
  "layer3.dense.bias": "3.bias",
};

/** Takes the states. */
function holder() {
  const states = new Map<State, TypedArray>();
  return { states, writeState: (state: State, values: TypedArray) => void states.set(state, values) };
}

function outputOf(model: ReturnType<typeof network>, states: ReadonlyMap<State, TypedArray>): number[] {
  const x = inputTensor("x", { shape: [1, size, size, inChannels], dtype: "f32" });
  const nhwc = new Float32Array(input.length);
  for (let i = 0; i < inChannels; i++)
    for (let p = 0; p < size * size; p++) nhwc[p * inChannels + i] = input[i * size * size + p] ?? 0;
  const [output] = evaluateOnCpu([model.forward(x)], { states, inputs: new Map([["x", nhwc]]) });
  return [...(output ?? [])];
}

describe("weights of PyTorch", () => {
  test("give what PyTorch would give, convolution, flatten and all", () => {
    const expected = expectedOutput();
    for (const chosen of ["by name", "in order"]) {
      const model = network();
      const parameters = model.build([size, size, inChannels]);
      const changes = { "layer3.dense.weights": { flattenedFrom } };
      const { states, writeState } = holder();
      importWeights(
        { writeState },
        parameters,
        file,
        chosen === "by name" ? map : weightsInOrder(parameters, Object.keys(exported), changes),
      );
      outputOf(model, states).forEach((value, unit) => {
        expect(value).toBeCloseTo(expected[unit] ?? Number.NaN, 6);
      });
    }
  });

  test("without the flatten's order they give something else", () => {
    const model = network();
    const parameters = model.build([size, size, inChannels]);
    const { states, writeState } = holder();
    importWeights({ writeState }, parameters, file, { ...map, "layer3.dense.weights": "3.weight" });
    const first = expectedOutput()[0] ?? 0;
    expect(Math.abs((outputOf(model, states)[0] ?? 0) - first)).toBeGreaterThan(1e-3);
  });

  test("may be of other dtypes, and files may hold more", () => {
    const parameters = nn.sequential([nn.dense(2, { bias: false })]).build([3]);
    const doubles = { dtype: "F64", shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) } as const;
    const other = fileOf({ w: doubles, "w.num_batches_tracked": drawn(1) });
    const { states, writeState } = holder();
    const own = { "layer0.dense.weights": "w" };
    expect(() => importWeights({ writeState }, parameters, other, own)).toThrow(
      /tracked: in no place of the map/,
    );
    expect(states.size).toBe(0);
    importWeights({ writeState }, parameters, other, own, { ignore: (name) => name.endsWith("tracked") });
    expect([...(states.get(parameters.state) ?? [])].slice(0, 6)).toEqual([1, 4, 2, 5, 3, 6]);
    const asIs = { "layer0.dense.weights": { from: "w", layout: "same" } } as const;
    const plain = fileOf({ w: { ...drawn(3, 2), data: Float32Array.of(1, 2, 3, 4, 5, 6) } });
    importWeights({ writeState }, parameters, plain, asIs);
    expect([...(states.get(parameters.state) ?? [])].slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("that do not fit are listed, and nothing is written", () => {
    const parameters = network().build([size, size, inChannels]);
    const { states, writeState } = holder();
    const broken = fileOf({
      ...exported,
      "0.weight": drawn(2, 3, inChannels, filters),
      "3.bias": drawn(4),
      x: drawn(1),
    });
    const attempt = () =>
      importWeights({ writeState }, parameters, broken, { ...map, "layer0.conv2d.bias": "0.b" });
    expect(attempt).toThrow(CheckpointError);
    expect(attempt).toThrow(
      /0\.weight: the file has F32 \[2, 3, 2, 3\], layer0\.conv2d\.weights takes \[3, 2, 2, 3\] as conv2d/,
    );
    expect(attempt).toThrow(/0\.b: missing, for layer0\.conv2d\.bias/);
    expect(attempt).toThrow(/3\.bias: the file has F32 \[4\].*\n.*0\.bias: in no place.*\n.*x: in no place/);
    expect(states.size).toBe(0);
  });

  test("maps that are not of the model are refused", () => {
    const parameters = network().build([size, size, inChannels]);
    const { writeState } = holder();
    const { "layer0.conv2d.bias": _, ...rest } = map;
    expect(() =>
      importWeights({ writeState }, parameters, file, { ...rest, "layer9.bias": "0.bias" }),
    ).toThrow(/it lacks layer0\.conv2d\.bias; the model has no layer9\.bias/);
    const wrong = { from: "3.weight", flattenedFrom: [3, 3, 3] } as const;
    expect(() =>
      importWeights({ writeState }, parameters, file, { ...map, "layer3.dense.weights": wrong }),
    ).toThrow(/flattenedFrom\): .*got \[3, 3, 3\]; expected a product of 18/);
    const linear = { from: "0.weight", layout: "linear" } as const;
    expect(() =>
      importWeights({ writeState }, parameters, file, { ...map, "layer0.conv2d.weights": linear }),
    ).toThrow(UsageError);
    expect(() => weightsInOrder(parameters, ["w"])).toThrow(/got 1: w; expected 4: layer0/);
  });
});
