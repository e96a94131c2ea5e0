import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../src/device/errors.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { readSafetensors } from "../../src/training/safetensors.ts";
import { countFaults } from "../support/fault_counts.ts";
import { mutated, validFiles } from "../support/fuzzed_safetensors.ts";
import { breaksRules } from "../support/safetensors_rules.ts";

const rounds = 120_000;
const seed = 20_260_131;

describe("fuzzed safetensors files", () => {
  it(`${rounds} are read or refused, as an independent reading of the rules says`, () => {
    const random = new RandomStream(seed);
    const files = validFiles();
    const wrong: string[] = [];
    let accepted = 0;
    for (let round = 0; round < rounds; round++) {
      const bytes = mutated(files[random.below(files.length)] ?? new Uint8Array(), random);
      const broken = breaksRules(bytes);
      const outcome = outcomeOf(bytes);
      if (outcome.read) accepted++;
      // An accepted file that breaks a rule, a refused one that breaks none, or anything thrown but a CheckpointError.
      const right = outcome.read ? broken === null && outcome.copied <= bytes.length : broken !== null;
      if (!right || outcome.crash)
        wrong.push(`round ${round}: ${broken ?? "no rule broken"}, ${JSON.stringify(outcome)}`);
    }
    countFaults("fuzzed safetensors", rounds, rounds - wrong.length);
    expect(wrong.slice(0, 5)).toEqual([]);
    // Else the generator would only make rubbish, or nothing wrong.
    expect(accepted).toBeGreaterThan(rounds / 100);
    expect(accepted).toBeLessThan(rounds / 2);
  });

  it("take at most twice their size of memory", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["scripts/run.mjs", "test/support/reader_memory.ts"],
      { encoding: "utf8", timeout: 100_000 },
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const rows: unknown = JSON.parse(stdout);
    if (!Array.isArray(rows)) throw new Error(stdout);
    const tooMuch = rows.filter(({ ratio }) => !(ratio <= 2));
    countFaults("large malformed safetensors", rows.length, rows.length - tooMuch.length);
    expect(tooMuch).toEqual([]);
    expect(rows.length).toBeGreaterThan(5);
  });
});

interface Outcome {
  readonly read: boolean;
  readonly crash?: string;
  /** Bytes of tensors that are no views of the file. */
  readonly copied: number;
}

function outcomeOf(bytes: Uint8Array<ArrayBuffer>): Outcome {
  try {
    const buffers = new Set<ArrayBufferLike>();
    for (const { data } of readSafetensors(bytes).tensors.values()) buffers.add(data.buffer);
    buffers.delete(bytes.buffer);
    return { read: true, copied: [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0) };
  } catch (error) {
    if (error instanceof CheckpointError) return { read: false, copied: 0 };
    return { read: false, crash: String(error), copied: 0 };
  }
}
