import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StorageError } from "../../src/device/errors.ts";
import { CheckpointFolder } from "../../src/training/node/checkpoint_folder.ts";
import { nodeFiles, writeDurably } from "../../src/training/node/durable_write.ts";
import { calls, failingAt } from "../support/failing_files.ts";
import { countFaults } from "../support/fault_counts.ts";
import { toyCheckpoint } from "../support/toy_checkpoint.ts";

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "wgrad-storage-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

/** Runs shell lines; `$0` is the folder, `$child` the command that fills it. */
function shell(lines: string, wrapper: readonly string[] = []) {
  const [program = "sh", ...args] = [...wrapper, "sh", "-c", lines, path];
  const child = `${process.execPath} ${resolve("scripts/run.mjs")} ${resolve("test/support/full_disk.ts")}`;
  return spawnSync(program, args, { encoding: "utf8", env: { ...process.env, child }, timeout: 60_000 });
}

/** A name space of mounts of one's own: nothing outlives it. Systems may forbid it. */
const apart = ["unshare", "--user", "--map-root-user", "--mount"];
const canMount =
  spawnSync(apart[0] ?? "", [...apart.slice(1), "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

interface Failure {
  readonly error: string;
  readonly message: string;
  readonly whole: boolean;
  readonly notices: readonly string[];
  readonly files: readonly string[];
}

/** What the process said. */
function answerOf({ stdout, stderr, status }: ReturnType<typeof shell>): {
  full: Failure;
  readOnly?: Failure;
} {
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

function expectIntact(failure: Failure | undefined, message: RegExp, steps: readonly number[]): void {
  expect(failure).toMatchObject({ error: "StorageError", whole: true, notices: [] });
  expect(failure?.message).toMatch(message);
  const names = steps.map((step) => `checkpoint-00000000${step}.safetensors`);
  expect(failure?.files).toEqual(names);
}

const intact = /the last checkpoint is intact: \S+checkpoint-00000000(\d)\.safetensors, step \1$/;

describe("a disk that takes no more", () => {
  test.skipIf(!canMount)("a full disk, then one made read-only: a file system of 2 MB in memory", () => {
    const remount = 'mount -o remount,ro "$0"';
    const run = shell(`mount -t tmpfs -o size=2m none "$0" && $child "$0" ${remount}`, apart);
    const { full, readOnly } = answerOf(run);
    expectIntact(full, /the disk is full/, [1, 2, 3]);
    expectIntact(full, intact, [1, 2, 3]);
    expectIntact(readOnly, /the file system is read-only/, [2, 3, 5]);
    expectIntact(readOnly, intact, [2, 3, 5]);
    countFaults("disk full", 1, 1);
    countFaults("read-only folder", 1, 1);
  });

  test("a limit on the size of files", () => {
    const { full } = answerOf(shell('ulimit -f 2000; exec $child "$0"'));
    expectIntact(full, /larger than this process may write/, [1, 2, 3]);
    expectIntact(full, intact, [1, 2, 3]);
    countFaults("disk full", 1, 1);
  });

  test.skipIf(!existsSync("/dev/full"))("a device that is always full", async () => {
    const files = { ...nodeFiles, open: (_: string, flags: string) => open("/dev/full", flags) };
    const write = writeDurably(join(path, "file"), "content", files);
    await expect(write).rejects.toThrow(/write\(.*file\): the file cannot be written: the disk is full/);
    expect(readdirSync(path)).toEqual([]);
    countFaults("disk full", 1, 1);
  });

  test("a folder that is gone", async () => {
    const folder = await CheckpointFolder.open(join(path, "gone"));
    rmSync(folder.path, { recursive: true });
    await expect(folder.save(1, await toyCheckpoint())).rejects.toThrow(
      /no such file.*there is no checkpoint yet/,
    );
    countFaults("read-only folder", 1, 1);
  });
});

const codes = ["ENOSPC", "EDQUOT", "EIO", "EROFS", "EACCES"] as const;
const faults = calls.flatMap((call) => codes.map((code) => ({ call, code })));

describe("each call of a checkpoint's writing fails in each way", () => {
  test.each(faults)("$code at $call", async ({ call, code }) => {
    const bytes = await toyCheckpoint();
    const before = await CheckpointFolder.open(path);
    await before.save(1, bytes);
    await before.save(2, bytes);
    const failing = await CheckpointFolder.open(path, { files: failingAt(call, code) });
    const save = failing.save(3, bytes);
    await expect(save).rejects.toThrow(StorageError);
    await expect(save).rejects.toThrow(/intact: .*checkpoint-000000002\.safetensors, step 2$/);
    expect(readdirSync(path)).toEqual([
      "checkpoint-000000001.safetensors",
      "checkpoint-000000002.safetensors",
    ]);
    expect((await failing.latest())?.bytes).toEqual(bytes);
    // The disk has room again.
    await before.save(3, bytes);
    expect((await before.latest())?.step).toBe(3);
    countFaults(code === "ENOSPC" || code === "EDQUOT" ? "disk full" : "disk error", 1, 1);
  });
});
