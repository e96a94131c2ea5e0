/** The page's side of op_suite.test.ts: every op case on the browser's adapter. */
import { browserPlatform } from "../../src/device/browser.ts";
import { openDevice } from "../../src/device/open.ts";
import { traitsOf } from "../../src/device/traits.ts";
import type { CheckItem } from "../../src/validation/outcome.ts";
import { expectRight } from "../../src/validation/outcome.ts";
import { forwardSuite } from "../../src/validation/suite.ts";
import type { Workbench } from "../../src/validation/workbench.ts";
import { workbench } from "../../src/validation/workbench.ts";

export interface SuiteReport {
  readonly adapter: string;
  readonly count: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
}

/** Cases at once: while the GPU process works on some, the page computes what the next should give. */
const concurrent = 4;

async function runOpSuite(): Promise<SuiteReport> {
  const bench = workbench(await openDevice(browserPlatform));
  const { device } = bench;
  const failures: { name: string; message: string }[] = [];
  let count = 0;
  for (const cases of byOp(forwardSuite(traitsOf(device)))) {
    const begin = performance.now();
    await Promise.all(cases.map((entry) => entry.prepare(bench)));
    const waiting = cases.values();
    const workers = Array.from({ length: concurrent }, async () => {
      for (const entry of waiting) {
        const message = await messageOf(entry, bench);
        if (message !== undefined) failures.push({ name: entry.name, message });
      }
    });
    await Promise.all(workers);
    count += cases.length;
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(`${cases[0]?.op}: ${cases.length} in ${seconds} s, ${failures.length} failures so far`);
  }
  const { vendor, architecture } = device.adapter;
  bench.engine.dispose();
  return { adapter: `${vendor} ${architecture}`, count, failures };
}

/** What is wrong, or undefined. */
async function messageOf(entry: CheckItem, bench: Workbench): Promise<string | undefined> {
  try {
    await expectRight(entry, bench);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** The suite comes op by op; setting up a case costs time and memory, so one op is held at a time. */
function* byOp(suite: Iterable<CheckItem>): Generator<CheckItem[]> {
  let group: CheckItem[] = [];
  for (const entry of suite) {
    if (group[0] && group[0].op !== entry.op) {
      yield group;
      group = [];
    }
    group.push(entry);
  }
  if (group.length > 0) yield group;
}

Object.assign(globalThis, { runOpSuite });
