import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StorageError, UsageError } from "../../src/device/errors.ts";
import { CheckpointFolder } from "../../src/training/node/checkpoint_folder.ts";
import { toyCheckpoint } from "../support/toy_checkpoint.ts";

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "wgrad-checkpoints-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

describe("a folder of checkpoints", () => {
  test("keeps the last few and finds the newest", async () => {
    const folder = await CheckpointFolder.open(join(path, "new", "folder"), { keep: 2 });
    expect(await folder.latest()).toBeUndefined();
    const bytes = await toyCheckpoint();
    // All at once: they are written one after the other.
    const saved = await Promise.all([10, 20, 30, 40].map((step) => folder.save(step, bytes)));
    expect(saved[3]).toBe(join(folder.path, "checkpoint-000000040.safetensors"));
    expect(readdirSync(folder.path)).toEqual([
      "checkpoint-000000030.safetensors",
      "checkpoint-000000040.safetensors",
    ]);
    expect(await folder.latest()).toEqual({ path: saved[3], step: 40, bytes });
  });

  test("goes by the time of writing: a training that began anew is the newest, whatever its step", async () => {
    const folder = await CheckpointFolder.open(path, { keep: 2 });
    const bytes = await toyCheckpoint();
    for (const step of [100, 200]) {
      const old = await folder.save(step, bytes);
      utimesSync(old, step, step);
    }
    await folder.save(10, bytes);
    expect((await folder.list()).map(({ step }) => step)).toEqual([10, 200]);
    expect((await folder.latest())?.step).toBe(10);
  });

  test("a torn newest one is passed over, and that is said", async () => {
    const notices: string[] = [];
    const folder = await CheckpointFolder.open(path, { notice: (text) => notices.push(text) });
    const bytes = await toyCheckpoint();
    for (const step of [1, 2, 3]) utimesSync(await folder.save(step, bytes), step, step);
    const torn = join(path, "checkpoint-000000003.safetensors");
    truncateSync(torn, bytes.length - 1);
    writeFileSync(join(path, "checkpoint-000000004.safetensors"), "");
    expect((await folder.latest())?.step).toBe(2);
    expect(notices).toEqual([
      expect.stringMatching(/000000004\.safetensors is passed over: .*too short/),
      expect.stringMatching(/000000003\.safetensors is passed over: .*data_offsets out of bounds/),
    ]);
  });

  test("leftovers of processes that ended are removed, those of running ones and other files stay", async () => {
    const { pid: ended } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(join(path, `checkpoint-000000004.safetensors.${ended}.tmp`), "half");
    const kept = [`checkpoint-000000005.safetensors.${process.pid}.tmp`, "notes.1.tmp", "run.json"];
    for (const name of kept) writeFileSync(join(path, name), "half");
    const folder = await CheckpointFolder.open(path);
    expect(readdirSync(path)).toEqual(kept);
    expect(await folder.list()).toEqual([]);
  });

  test("wrong numbers and places are refused", async () => {
    for (const keep of [0, -1, 1.5, Number.NaN])
      await expect(CheckpointFolder.open(path, { keep })).rejects.toThrow(UsageError);
    writeFileSync(join(path, "file"), "");
    await expect(CheckpointFolder.open(join(path, "file"))).rejects.toThrow(StorageError);
    await expect(CheckpointFolder.open(join(path, "file", "below"))).rejects.toThrow(
      /part of the path is a file/,
    );
  });
});
