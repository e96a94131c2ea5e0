import { describe, expect, test } from "vitest";
import { CheckpointError } from "../../src/device/errors.ts";
import { State } from "../../src/graph/leaves.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
import type { ParameterSet } from "../../src/nn/parameters.ts";
import { adam } from "../../src/optim/index.ts";
import { Checkpoint, writeCheckpoint } from "../../src/training/checkpoint.ts";
import { readSafetensors, writeSafetensors } from "../../src/training/safetensors.ts";

/** Holds state in memory, as an engine does on its device. */
class Memory {
  readonly values = new Map<State, TypedArray>();

  async readState(state: State): Promise<TypedArray> {
    return this.values.get(state) ?? state.initial;
  }

  writeState(state: State, values: TypedArray): void {
    this.values.set(state, values);
  }
}

const build = (units = 3) => nn.sequential([nn.dense(units), nn.relu(), nn.dense(2)]).build([5], { seed: 4 });
const fields = {
  step: 12,
  epoch: 1,
  epochStep: 2,
  source: "toy, 70 images, batches of 7",
  seed: (1n << 60n) + 1n,
  optimizer: "adam",
  settings: "{}",
  schedule: {
    name: "reduceOnPlateau",
    settings: { factor: 0.1 },
    state: { factor: 0.1, best: 1 / 3, waited: 2 },
  },
};

async function saved() {
  const parameters = build();
  const memory = new Memory();
  const moments = adam().states(parameters);
  for (const state of [parameters.state, ...moments.values()]) {
    memory.writeState(
      state,
      Float32Array.from(state.initial, (_, index) => index + 0.25),
    );
  }
  const bytes = await writeCheckpoint(memory, parameters, [5], { fields, moments });
  return { parameters, memory, bytes };
}

const rewritten = (bytes: Uint8Array<ArrayBuffer>, change: (metadata: Record<string, string>) => void) => {
  const { tensors, metadata } = readSafetensors(bytes);
  const changed = { ...metadata };
  change(changed);
  return writeSafetensors(tensors, changed);
};

describe("checkpoints", () => {
  test("hold each parameter and moment by name, and the training's place", async () => {
    const { bytes } = await saved();
    const file = readSafetensors(bytes);
    expect([...file.tensors.keys()].filter((name) => name.includes("layer2.dense.bias"))).toEqual([
      "layer2.dense.bias",
      "optimizer.firstMoment.layer2.dense.bias",
      "optimizer.secondMoment.layer2.dense.bias",
    ]);
    expect(file.tensors.get("layer0.dense.weights")).toMatchObject({ dtype: "F32", shape: [5, 3] });
    const checkpoint = new Checkpoint(bytes);
    expect(checkpoint.inputShape).toEqual([5]);
    expect(checkpoint.trainingFields()).toEqual(fields);
  });

  test("come back as they were", async () => {
    const { parameters, memory, bytes } = await saved();
    const other = build();
    const restored = new Memory();
    const moments = adam().states(other);
    new Checkpoint(bytes).restore(restored, other, moments);
    for (const [index, parameter] of other.parameters.entries()) {
      const flat = restored.values.get(other.state) ?? new Float32Array();
      const expected = memory.values.get(parameters.state) ?? new Float32Array();
      expect(parameter.slice(flat)).toEqual(parameters.parameters[index]?.slice(expected));
    }
    expect(restored.values.size).toBe(3);
  });

  test("a model's parameters can be taken from either kind of file", async () => {
    const { parameters, memory, bytes } = await saved();
    const alone = await writeCheckpoint(memory, parameters, [5]);
    for (const file of [bytes, alone]) {
      const restored = new Memory();
      new Checkpoint(file).restore(restored, parameters);
      expect([...restored.values.keys()]).toEqual([parameters.state]);
    }
    expect(() => new Checkpoint(alone).trainingFields()).toThrow(/holds no training.*loadModel/);
    expect(() => new Checkpoint(alone).restore(new Memory(), parameters, adam().states(parameters))).toThrow(
      /8 missing in the file\n {2}optimizer\.firstMoment\.layer0\.dense\.weights: missing, the model has F32 \[5, 3\]/,
    );
  });

  test("list every tensor that does not fit, and write nothing then", async () => {
    const { bytes } = await saved();
    const memory = new Memory();
    const messageOf = (parameters: ParameterSet, moments?: ReadonlyMap<string, State>): string => {
      try {
        new Checkpoint(bytes).restore(memory, parameters, moments);
      } catch (error) {
        if (error instanceof CheckpointError) return error.message;
      }
      return "";
    };
    expect(messageOf(build(4)).split("\n")).toEqual([
      "checkpoint: the file does not fit the model: tensors 3 of another shape or dtype",
      "  layer0.dense.weights: the file has F32 [5, 3], the model F32 [5, 4]",
      "  layer0.dense.bias: the file has F32 [3], the model F32 [4]",
      "  layer2.dense.weights: the file has F32 [3, 2], the model F32 [4, 2]",
    ]);
    const other = nn.sequential([nn.dense(3), nn.relu(), nn.relu(), nn.dense(2)]).build([5]);
    expect(messageOf(other).split("\n")).toEqual([
      "checkpoint: the file does not fit the model: tensors 2 missing in the file, 2 unknown to the model",
      "  layer3.dense.weights: missing, the model has F32 [3, 2]",
      "  layer3.dense.bias: missing, the model has F32 [2]",
      "  layer2.dense.weights: unknown, the file has F32 [3, 2]",
      "  layer2.dense.bias: unknown, the file has F32 [2]",
    ]);
    const deep = nn.sequential(Array.from({ length: 12 }, () => nn.dense(3))).build([5]);
    const lines = messageOf(deep, adam().states(deep)).split("\n");
    expect(lines[0]).toMatch(/tensors 60 missing in the file, 6 of another shape or dtype$/);
    expect(lines).toHaveLength(14);
    expect(lines.at(-1)).toBe("  and 54 more");
    expect(memory.values.size).toBe(0);
  });

  test("keep states that are not laid out as the parameters are whole, whatever their dtype", async () => {
    const parameters = build();
    const memory = new Memory();
    const history = new State("history", { shape: [7], dtype: "f32" }, Float32Array.of(1, 2, 3, 4, 5, 6, 7));
    const filled = new State("filled", { shape: [1], dtype: "u32" }, Uint32Array.of(3));
    const moments = new Map([
      ["history", history],
      ["filled", filled],
    ]);
    const bytes = await writeCheckpoint(memory, parameters, [5], { fields, moments });
    expect(readSafetensors(bytes).tensors.get("optimizer.filled")).toMatchObject({
      dtype: "U32",
      shape: [1],
    });
    const restored = new Memory();
    new Checkpoint(bytes).restore(restored, parameters, moments);
    expect(restored.values.get(history)).toEqual(history.initial);
    expect(restored.values.get(filled)).toEqual(filled.initial);
  });

  test("files of version 1 are read; they say nothing of a schedule", async () => {
    const { bytes } = await saved();
    const old = rewritten(bytes, (metadata) => {
      metadata["version"] = "1";
      delete metadata["schedule"];
      delete metadata["generator"];
    });
    expect(new Checkpoint(old).trainingFields()).toEqual({ ...fields, schedule: undefined });
  });

  test.each([
    ["format", "pt", /no checkpoint/],
    ["version", "3", /format wgrad, version 3; expected format wgrad, version 1 or 2/],
    ["inputShape", "[5,-1]", /inputShape/],
    ["inputShape", "five", /inputShape/],
  ])("a file with %s %s is refused", async (field, value, message) => {
    const { bytes } = await saved();
    const changed = rewritten(bytes, (metadata) => {
      metadata[field] = value;
    });
    expect(() => new Checkpoint(changed)).toThrow(message);
    expect(() => new Checkpoint(changed)).toThrow(CheckpointError);
  });

  test.each([
    ["step", "1e3x"],
    ["epochStep", "-1"],
    ["seed", "0x1"],
    ["generator", "mt19937"],
    ["schedule", "{}"],
    ["schedule", '{"name":"mine","settings":{},"state":{"a":null}}'],
    ["schedule", "[1"],
  ])("a training with %s %s is refused", async (field, value) => {
    const { bytes } = await saved();
    const changed = rewritten(bytes, (metadata) => {
      metadata[field] = value;
    });
    expect(() => new Checkpoint(changed).trainingFields()).toThrow(CheckpointError);
  });

  test("any other safetensors file is refused as such", () => {
    const file = writeSafetensors([["w", { dtype: "F32", shape: [1], data: Float32Array.of(1) }]]);
    expect(() => new Checkpoint(file)).toThrow(/no checkpoint.*no format/);
  });
});
