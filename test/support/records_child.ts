/** Writes steps until it is killed; after each committed batch it says up to which step. Arguments: folder, name, batches. */
import { RunRecorder } from "../../src/training/node/run_recorder.ts";
import { demoBeginning } from "./demo_run.ts";

const [folder = "", name = "child", batches = "1000000"] = process.argv.slice(2);
const recorder = await RunRecorder.open({ folder, busyMilliseconds: 20_000 });
recorder.begin(demoBeginning({ name }));
for (let batch = 0; batch < Number(batches); batch++) {
  recorder.steps(
    Array.from({ length: 40 }, (_, index) => ({
      step: batch * 40 + index + 1,
      epoch: 1,
      loss: 1 / (index + 1),
    })),
  );
  recorder.flush();
  if (recorder.failure !== undefined) throw new Error(recorder.failure);
  process.stdout.write(`${(batch + 1) * 40}\n`);
  // Output reaches the pipe before the next write begins.
  await new Promise((done) => setImmediate(done));
}
await recorder.finish("done", {});
