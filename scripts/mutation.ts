/**
 * Breaks kernels and gradients on purpose, one way after the other, and asks whether `wgrad check` would notice. What
 * survives is listed, and wants a case.
 *   npm run mutation -- [PATTERN] [--json] [--out FILE]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { nodePlatform } from "../src/device/node.ts";
import { openDevice } from "../src/device/open.ts";
import { traitsOf } from "../src/device/traits.ts";
import { caseLists } from "../src/validation/cases/index.ts";
import { gpuGradientSuite } from "../src/validation/gpu_gradients.ts";
import { gradientSuite } from "../src/validation/gradients.ts";
import type { CheckItem } from "../src/validation/outcome.ts";
import { describeFailure } from "../src/validation/outcome.ts";
import { raceSuite } from "../src/validation/static/race_suite.ts";
import { forwardSuite } from "../src/validation/suite.ts";
import type { Workbench } from "../src/validation/workbench.ts";
import { workbench } from "../src/validation/workbench.ts";
import type { Mutation } from "./mutations/mutation.ts";
import { mutations } from "./mutations/mutations.ts";

interface Verdict {
  readonly name: string;
  readonly kind: string;
  /** The first item that failed, and how; null where none did. */
  readonly caughtBy: string | null;
  readonly how: string | null;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, out: { type: "string" } },
});
const pattern = new RegExp(positionals[0] ?? "", "i");
const chosen = mutations.filter(({ name }) => pattern.test(name));
if (chosen.length === 0) throw new Error(`no mutation matches ${pattern.source}`);

const bench = workbench(await openDevice(nodePlatform));
const verdicts: Verdict[] = [];
for (const mutation of chosen) {
  const start = performance.now();
  const verdict = await judge(bench, mutation);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  verdicts.push(verdict);
  console.error(
    `${verdicts.length}/${chosen.length} ${verdict.caughtBy ? "caught" : "SURVIVED"} (${seconds} s): ${verdict.name}`,
  );
}
const { adapter } = bench.device;
bench.engine.dispose();
report();

async function judge(bench: Workbench, mutation: Mutation): Promise<Verdict> {
  const { name, kind } = mutation;
  const mend = mutation.apply();
  let caught: { readonly item: string; readonly how: string } | null;
  try {
    caught = await firstFailure(bench, itemsOf(mutation));
  } finally {
    mend();
  }
  if (caught) await expectRightAgain(bench, mutation, caught.item);
  return { name, kind, caughtBy: caught?.item ?? null, how: caught?.how ?? null };
}

/**
 * What may notice, the likeliest first: gradients in f64 on the CPU know no shader. Made anew for each mutation, since an item
 * holds the shader that it was made with.
 */
function* itemsOf({ kind, lists, file }: Mutation): Generator<CheckItem> {
  const own = caseLists.filter(({ op }) => lists.includes(op));
  if (own.length < lists.length) throw new Error(`no cases of one of ${lists.join(", ")}`);
  if (kind === "gradient") yield* gradientSuite(own);
  else if (kind === "barrier")
    yield* [...raceSuite()].filter((item) => lists.includes(item.op) || item.case === file);
  const ofFile = (item: CheckItem) => file === null || item.file === null || item.file === file;
  if (kind !== "gradient") yield* [...forwardSuite(traitsOf(bench.device), "quick", own)].filter(ofFile);
  yield* gpuGradientSuite(own);
}

async function firstFailure(
  bench: Workbench,
  items: Iterable<CheckItem>,
): Promise<{ readonly item: string; readonly how: string } | null> {
  for (const item of items) {
    const how = await failureOf(bench, item);
    if (how !== null) return { item: item.name, how };
  }
  return null;
}

/** A mutation that does not compile, or makes something throw, is none: whoever runs it notices. Races are thrown. */
async function failureOf(bench: Workbench, item: CheckItem): Promise<string | null> {
  try {
    const outcome = await item.check(bench);
    const [failure] = "failures" in outcome ? outcome.failures : [];
    return failure ? describeFailure(failure) : null;
  } catch (error) {
    if (item.kind !== "races") throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

/** What fails without the mutation too says nothing about it. */
async function expectRightAgain(bench: Workbench, mutation: Mutation, name: string): Promise<void> {
  for (const item of itemsOf(mutation)) {
    if (item.name !== name) continue;
    const how = await failureOf(bench, item);
    if (how !== null) throw new Error(`${name} fails without any mutation: ${how}`);
    return;
  }
}

function report(): void {
  const caught = verdicts.filter(({ caughtBy }) => caughtBy !== null).length;
  const document = { adapter: adapter.description, total: verdicts.length, caught, mutations: verdicts };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (values.out) writeFileSync(values.out, text);
  if (values.json) console.log(text);
  else console.log(lines(caught).join("\n"));
  process.exitCode = caught === verdicts.length ? 0 : 1;
}

function lines(caught: number): string[] {
  const each = verdicts.flatMap(({ name, caughtBy, how }) => [
    name,
    caughtBy ? `  caught by ${caughtBy}: ${how}` : "  SURVIVED",
  ]);
  return [...each, `${caught} of ${verdicts.length} mutations caught`];
}
