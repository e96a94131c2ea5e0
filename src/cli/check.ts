import { UsageError } from "../device/errors.ts";
import { nearestNames } from "../device/nearest_names.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import type { AdapterTraits } from "../device/traits.ts";
import { traitsOf } from "../device/traits.ts";
import { catalogue, matching } from "../validation/catalogue.ts";
import type { CheckItem } from "../validation/outcome.ts";
import { randomSuite } from "../validation/random_cases.ts";
import type { CheckResult } from "../validation/run_items.ts";
import { hasFailed, runItems } from "../validation/run_items.ts";
import { raceSuite } from "../validation/static/race_suite.ts";
import type { Workbench } from "../validation/workbench.ts";
import { workbench } from "../validation/workbench.ts";
import { adapterSentence } from "./adapter.ts";
import { checkPage } from "./check_html.ts";
import { checkDocument, checkText } from "./check_report.ts";
import { catchInterrupts } from "./interrupt.ts";
import { type ExitCode, exitCodes, type GlobalOptions, InterruptedError } from "./options.ts";
import { Output } from "./output.ts";
import { jsonText, patternOf, runContext, writeReport } from "./run_context.ts";

export interface CheckOptions extends GlobalOptions {
  /** A regular expression for names such as `op › case › variant`, in any case. */
  readonly pattern?: string | undefined;
  /** Every tile size and every epilogue on every case. */
  readonly exhaustive?: boolean;
  /** Random cases of each op; 4 by default. */
  readonly cases?: number;
  /** Of the random cases; 0 by default. */
  readonly seed?: number;
  readonly out?: string;
  readonly html?: string;
}

/** Holds kernels and gradients against the f64 reference. */
export async function runCheck(options: CheckOptions): Promise<ExitCode> {
  const output = new Output(options);
  const pattern = patternOf("check", options.pattern);
  const device = await openDevice(nodePlatform, { adapter: options.adapter });
  const bench = workbench(device);
  try {
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    const groups = chosen(traitsOf(device), pattern, options);
    const begin = performance.now();
    const results = await run(bench, groups, output);
    const seconds = (performance.now() - begin) / 1000;
    const document = { ...runContext(), ...checkDocument(device.adapter, results, seconds) };
    if (options.out !== undefined) await writeReport("check(--out)", options.out, jsonText(document));
    if (options.html !== undefined) await writeReport("check(--html)", options.html, checkPage(document));
    output.result(document, () => checkText(results, seconds));
    return results.some(hasFailed) ? exitCodes.failed : exitCodes.done;
  } finally {
    bench.engine.dispose();
  }
}

/** A few random cases of each op, for a minute or two. */
const usualCases = 4;

/** @throws UsageError where nothing matches: a check of nothing is no success */
function chosen(
  traits: AdapterTraits,
  pattern: RegExp,
  { pattern: given = "", exhaustive = false, cases = usualCases, seed = 0 }: CheckOptions,
): Map<string, readonly CheckItem[]> {
  const thoroughness = exhaustive ? "exhaustive" : "quick";
  const more = [...raceSuite(), ...randomSuite(traits, { cases, seed })];
  const all = catalogue(traits, { thoroughness, more });
  const found = matching(all, pattern);
  if (found.size > 0) return found;
  const files = [...all.values()].flatMap((items) => items.flatMap(({ file }) => file ?? []));
  const near = nearestNames(given, [...all.keys(), ...files]);
  const hint = near.length > 0 ? `did you mean ${near.join(", ")}?` : `ops are ${[...all.keys()].join(", ")}`;
  throw new UsageError({ where: "check", problem: "nothing matches", got: given, hint });
}

/** @throws InterruptedError after Ctrl-C, once what was under way has ended */
async function run(
  bench: Workbench,
  groups: Map<string, readonly CheckItem[]>,
  output: Output,
): Promise<CheckResult[]> {
  const total = [...groups.values()].reduce((sum, items) => sum + items.length, 0);
  const progress = output.progress({ label: "check", total });
  const { signal, release } = catchInterrupts(() => output.notice("Stopping after what is under way …"));
  try {
    const onResult = (result: CheckResult, done: number) => {
      if (hasFailed(result)) output.notice(`FAILED ${result.item.name}`);
      progress.update(done);
    };
    const results = await runItems(bench, groups, { signal, onResult });
    if (signal.aborted)
      throw new InterruptedError({
        where: "check",
        problem: `interrupted after ${results.length} of ${total}`,
      });
    return results;
  } finally {
    release();
    progress.stop();
  }
}
