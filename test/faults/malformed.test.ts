import { afterAll, describe, expect, it } from "vitest";
import { CheckpointError } from "../../src/device/errors.ts";
import { readSafetensors } from "../../src/training/safetensors.ts";
import { countFaults } from "../support/fault_counts.ts";
import { malformedFiles } from "../support/malformed_safetensors.ts";
import { breaksRules } from "../support/safetensors_rules.ts";

let handled = 0;
afterAll(() => countFaults("malformed safetensors", malformedFiles.length, handled));

describe("malformed safetensors files", () => {
  it("are more than 200, no two alike", () => {
    expect(malformedFiles.length).toBeGreaterThan(200);
    const contents = new Set(malformedFiles.map(({ bytes }) => Buffer.from(bytes).toString("base64")));
    expect(contents.size).toBe(malformedFiles.length);
    expect(new Set(malformedFiles.map(({ name }) => name)).size).toBe(malformedFiles.length);
  });

  it.each(malformedFiles)("$name is refused", ({ bytes, reason }) => {
    const read = () => readSafetensors(bytes, "file.safetensors");
    expect(read).toThrow(CheckpointError);
    expect(read).toThrow(reason);
    expect(read).toThrow("safetensors(file.safetensors");
    // The second opinion, on which the fuzz test leans.
    expect(breaksRules(bytes)).not.toBeNull();
    handled++;
  });
});
