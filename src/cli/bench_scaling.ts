import { availableMemory } from "node:process";
import type { ScalingResult } from "../benchmarks/scaling.ts";
import { runSeries } from "../benchmarks/scaling.ts";
import type { ScalingSeries } from "../benchmarks/scaling_series.ts";
import { scalingSeries } from "../benchmarks/scaling_series.ts";
import type { Peaks } from "../benchmarks/work.ts";
import type { Device } from "../device/device.ts";
import { UsageError } from "../device/errors.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import { measureRoofline } from "../kernels/roofline.ts";
import { adapterSentence } from "./adapter.ts";
import { scalingPage } from "./bench_html.ts";
import { scalingDocument, scalingText } from "./bench_scaling_report.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import { benchContext, jsonText, patternOf, writeReport } from "./run_context.ts";

export interface ScalingCommand extends GlobalOptions {
  /** A regular expression for names of series, in any case. */
  readonly pattern?: string | undefined;
  readonly unchecked?: boolean;
  readonly out?: string;
  readonly html?: string;
}

/** A run of this many milliseconds is repeated five times at least; the next size would cost a multiple. */
const mostMilliseconds = 5000;

/** Times the same work at growing sizes and fits how the time grows. */
export async function runScaling(options: ScalingCommand): Promise<ExitCode> {
  const output = new Output(options);
  const chosen = seriesOf(options.pattern);
  const unchecked = options.unchecked ?? false;
  const device = await openDevice(nodePlatform, { adapter: options.adapter, unchecked });
  try {
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    const { gflops, gigabytesPerSecond } = await measureRoofline(device);
    const roofline = { gflops, gigabytesPerSecond };
    const results = await measure(device, output, chosen, roofline);
    const context = benchContext({ unchecked, tuned: false });
    const document = { ...context, ...scalingDocument(device.adapter, roofline, results) };
    if (options.out !== undefined) await writeReport("bench(--out)", options.out, jsonText(document));
    if (options.html !== undefined) await writeReport("bench(--html)", options.html, scalingPage(document));
    output.result(document, () => scalingText(roofline, results));
    const wrong = results.some(({ points }) => points.some(({ error }) => error !== null));
    return wrong ? exitCodes.failed : exitCodes.done;
  } finally {
    device.dispose();
  }
}

async function measure(
  device: Device,
  output: Output,
  chosen: readonly ScalingSeries[],
  peaks: Peaks,
): Promise<ScalingResult[]> {
  const total = chosen.reduce((sum, { sizes }) => sum + sizes.length, 0);
  const progress = output.progress({ label: "scaling", total });
  const results: ScalingResult[] = [];
  let done = 0;
  const onPoint = () => progress.update(++done);
  try {
    for (const series of chosen) {
      const availableBytes = availableMemory();
      results.push(await runSeries(device, series, { peaks, mostMilliseconds, availableBytes, onPoint }));
    }
    return results;
  } finally {
    progress.stop();
  }
}

function seriesOf(given: string | undefined): ScalingSeries[] {
  const pattern = patternOf("bench", given);
  const chosen = scalingSeries.filter(({ name }) => pattern.test(name));
  if (chosen.length > 0) return chosen;
  const expected = scalingSeries.map(({ name }) => name).join(", ");
  throw new UsageError({ where: "bench(--scaling)", problem: "nothing matches", got: given ?? "", expected });
}
