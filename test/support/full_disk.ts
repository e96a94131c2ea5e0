/**
 * Saves checkpoints until the disk of FOLDER takes no more, then with the disk made read-only, and prints what came of
 * it as JSON. In a process of its own, on a disk or under a limit made for it.
 *   node scripts/run.mjs test/support/full_disk.ts FOLDER [COMMAND that makes the folder read-only]
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { CheckpointFolder } from "../../src/training/node/checkpoint_folder.ts";
import { toyCheckpoint } from "./toy_checkpoint.ts";

const [path = "", command, ...rest] = process.argv.slice(2);

/** What a save that fails says, and what is there after it. */
async function failure(folder: CheckpointFolder, step: number, bytes: Uint8Array): Promise<object> {
  const before = (await folder.latest())?.step;
  try {
    await folder.save(step, bytes);
    return { error: "none" };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const notices: string[] = [];
    const found = await (
      await CheckpointFolder.open(path, { notice: (text) => notices.push(text) })
    ).latest();
    const whole = found !== undefined && found.step === before;
    return { error: name, message, whole, notices, files: readdirSync(path) };
  }
}

const folder = await CheckpointFolder.open(path, { keep: 3 });
const bytes = await toyCheckpoint(5000);
for (const step of [1, 2, 3]) await folder.save(step, bytes);
// Larger than what is left, and than a file may be.
const larger = new Uint8Array(20 * bytes.length);
const full = await failure(folder, 4, larger);
await folder.save(5, bytes);
const remounted = command !== undefined && spawnSync(command, rest).status === 0;
const readOnly = remounted ? await failure(folder, 6, bytes) : undefined;
console.log(JSON.stringify({ full, readOnly, bytes: bytes.length }));
