import { describe, expect, test } from "vitest";
import { CheckpointError } from "../../src/device/errors.ts";
import type { State } from "../../src/graph/leaves.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import * as nn from "../../src/nn/index.ts";
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
      /optimizer\.firstMoment\.layer0\.dense\.weights.*lacks/,
    );
  });

  test("name the tensor that does not fit, and write nothing then", async () => {
    const { bytes } = await saved();
    const memory = new Memory();
    expect(() => new Checkpoint(bytes).restore(memory, build(4))).toThrow(
      /checkpoint\(layer0\.dense\.weights\): .*got F32 \[5, 3\]; expected F32 \[5, 4\]/,
    );
    const shorter = nn.sequential([nn.dense(3)]).build([5]);
    expect(() => new Checkpoint(bytes).restore(memory, shorter)).toThrow(
      /layer2\.dense\.weights.*no such parameter/,
    );
    const longer = nn.sequential([nn.dense(3), nn.relu(), nn.dense(2), nn.dense(2)]).build([5]);
    expect(() => new Checkpoint(bytes).restore(memory, longer)).toThrow(/layer3\.dense\.weights.*lacks/);
    expect(memory.values.size).toBe(0);
  });

  test.each([
    ["format", "pt", /no checkpoint/],
    ["version", "2", /version 2/],
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
