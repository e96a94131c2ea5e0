import { cpuUsage } from "node:process";
import type { WatchCost } from "../benchmarks/watch_cost.ts";
import { measureWatchCost } from "../benchmarks/watch_cost.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import type { Spread } from "../device/timing.ts";
import { recipeNamed } from "../training/recipes.ts";
import { adapterDocument, adapterSentence } from "./adapter.ts";
import { formatSignificant } from "./format.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import { benchContext, jsonText, writeReport } from "./run_context.ts";

export interface WatchCommand extends GlobalOptions {
  readonly out?: string;
}

/** What watching everything may cost, as a share of the step. */
const allowedShare = 0.05;

/** Times the mnist-cnn recipe's step with and without a watch on all its parameters and activations. */
export async function runWatchCost(options: WatchCommand): Promise<ExitCode> {
  const output = new Output(options);
  const device = await openDevice(nodePlatform, { adapter: options.adapter });
  const progress = output.progress({ label: "watch", total: 1 });
  try {
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    const cost = await measureWatchCost(device, recipeNamed("mnist-cnn"), {
      processorTime: () => {
        const { user, system } = cpuUsage();
        return (user + system) / 1000;
      },
      onProgress: (done, total) => progress.update(done / total),
    });
    const context = benchContext({ unchecked: false, tuned: false });
    const document = { ...context, adapter: adapterDocument(device.adapter), watch: cost, allowedShare };
    if (options.out !== undefined) await writeReport("bench(--out)", options.out, jsonText(document));
    output.result(document, () => costText(cost));
    return cost.ratio.median <= 1 + allowedShare ? exitCodes.done : exitCodes.failed;
  } finally {
    progress.stop();
    device.dispose();
  }
}

function costText({
  recipe,
  batchSize,
  plain,
  watched,
  ratio,
  ratioInterval: [low, high],
  processorRatio,
  pairs,
  steps,
  dispatches,
  layers,
}: WatchCost): string {
  const range = ({ median, min, max }: Spread) =>
    `${formatSignificant(median)} ms (${formatSignificant(min)}–${formatSignificant(max)})`;
  const percent = (share: number) => `${((share - 1) * 100).toFixed(1)} %`;
  return [
    `${recipe}, batch ${batchSize}, ${layers} layers watched at every step; ${pairs} pairs of samples of ${steps} steps, in turns`,
    `  a step:          ${range(plain)}, ${dispatches.plain} dispatches`,
    `  a watched step:  ${range(watched)}, ${dispatches.watched} dispatches`,
    `  watching costs:  ${percent(ratio.median)} (median; 95 % sure of ${percent(low)} to ${percent(high)}; pairs ${percent(ratio.min)} to ${percent(ratio.max)}); at most ${percent(1 + allowedShare)} is allowed`,
    `  processor time:  ${percent(processorRatio.median)} (${percent(processorRatio.min)} to ${percent(processorRatio.max)})`,
  ].join("\n");
}
