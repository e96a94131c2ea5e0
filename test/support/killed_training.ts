/**
 * A training that goes on from the newest checkpoint of a folder, in a process of its own that can be killed.
 *   node scripts/run.mjs test/support/killed_training.ts FOLDER STEPS [STALL STEP]
 * Appends `step loss` to FOLDER/losses.txt and leaves FOLDER/model.safetensors. With STALL, it says `stalled` and hangs:
 * at `step`, among the steps' work, or within the writing of the checkpoint of STEP, at that call. With `never`, it writes
 * no checkpoint at all.
 */
import { appendFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { nodePlatform } from "../../src/device/node.ts";
import { createEngineFor } from "../../src/engine.ts";
import * as nn from "../../src/nn/index.ts";
import { crossEntropy } from "../../src/nn/losses.ts";
import { adamW, schedules } from "../../src/optim/index.ts";
import { CheckpointFolder } from "../../src/training/node/checkpoint_folder.ts";
import type { WritableFiles } from "../../src/training/node/durable_write.ts";
import { nodeFiles, writeDurably } from "../../src/training/node/durable_write.ts";
import { toyImages } from "./toy_images.ts";

const [path = "", total = "0", stall, stallStep] = process.argv.slice(2);
const steps = Number(total);
const stallAt = Number(stallStep ?? Number.NaN);

/** Says so and hangs; the timer keeps the process until it is killed. */
function stalled(): Promise<never> {
  process.stdout.write("stalled\n");
  return new Promise(() => setInterval(() => undefined, 1000));
}

const isStallFile = (file: string): boolean =>
  file.includes(`checkpoint-${String(stallAt).padStart(9, "0")}.`);

const files: WritableFiles = {
  ...nodeFiles,
  async open(file, flags) {
    const opened = await nodeFiles.open(file, flags);
    if (!isStallFile(file)) return opened;
    return {
      async writeFile(content) {
        if (stall === "write") {
          await opened.writeFile(content.slice(0, content.length / 2));
          await stalled();
        }
        await opened.writeFile(content);
      },
      async sync() {
        if (stall === "sync") await stalled();
        await opened.sync();
      },
      close: () => opened.close(),
    };
  },
  async rename(from, to) {
    if (stall === "rename" && isStallFile(to)) await stalled();
    await rename(from, to);
    if (stall === "renamed" && isStallFile(to)) await stalled();
  },
};

const createEngine = createEngineFor(nodePlatform, { submitMilliseconds: 0 });
const engine = await createEngine({ seed: 7, adapter: process.env["WGRAD_ADAPTER"] });
const trainer = engine.trainer({
  model: nn.sequential([nn.flatten(), nn.dense(12), nn.relu(), nn.dropout(0.2), nn.dense(4)]),
  loss: crossEntropy(),
  optimizer: adamW({ learningRate: 0.01 }),
  schedule: schedules.cosine(),
});
const folder = await CheckpointFolder.open(path, { keep: 2, files });
const found = await folder.latest();
if (found) trainer.load(found.bytes);
process.stdout.write(`from ${trainer.step}\n`);
const images = toyImages(75);
// Steps are done again after a kill: those since the last checkpoint, of which there is one every ten steps.
const interval = stall === "never" ? steps : 10;
while (trainer.step < steps) {
  const batches = { batchSize: 10, steps: interval - (trainer.step % interval), scheduleSteps: steps };
  for await (const { step, losses } of trainer.submits(images, batches)) {
    losses.forEach((loss, index) => {
      appendFileSync(join(path, "losses.txt"), `${step - losses.length + 1 + index} ${loss}\n`);
    });
    if (stall === "step" && step >= stallAt) await stalled();
  }
  if (stall !== "never") await folder.save(trainer.step, await trainer.save());
}
await writeDurably(join(path, "model.safetensors"), await trainer.saveModel());
engine.dispose();
