/**
 * Fills the parts of README.md that come from elsewhere: the example, so that CI can run it, and the table of results,
 * so that no figure is typed. With --check it writes nothing and fails where the file is out of date.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** The fields of a stored run that the table shows; `wgrad train --json` writes them. */
interface StoredRun {
  readonly recipe: string;
  readonly adapter: { readonly description: string; readonly software: boolean };
  readonly steps: number;
  readonly batchSize: number;
  readonly testAccuracy: number;
  readonly stepMilliseconds: { readonly min: number; readonly median: number; readonly max: number };
  readonly dispatchesPerStep: number;
  readonly submits: number;
  readonly peakBytes: number;
}

const resultsFolder = "docs/results";

function storedRuns(): StoredRun[] {
  const files = readdirSync(resultsFolder).filter((name) => name.endsWith(".json"));
  if (files.length === 0) throw new Error(`no results in ${resultsFolder}`);
  return files
    .sort()
    .map((name) => JSON.parse(readFileSync(`${resultsFolder}/${name}`, "utf8")) as StoredRun);
}

function resultsTable(): string {
  const rows = storedRuns().map((run) => {
    const { min, median, max } = run.stepMilliseconds;
    return [
      run.recipe,
      `${run.adapter.description}${run.adapter.software ? " (software adapter, two cores)" : ""}`,
      `${run.steps} × ${run.batchSize}`,
      `${(run.testAccuracy * 100).toFixed(2)} %`,
      `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`,
      run.dispatchesPerStep,
      run.submits,
      `${(run.peakBytes / 2 ** 20).toFixed(1)} MiB`,
    ].join(" | ");
  });
  return [
    "| recipe | adapter | steps × batch | test accuracy | ms a step, median (range) | dispatches a step | submits | peak |",
    "|---|---|---|---|---|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}

function fill(text: string, open: string, close: string, content: string): string {
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`README.md has no ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}

function readme(text: string): string {
  const example = readFileSync("docs/examples/mnist.mjs", "utf8").trimEnd();
  const withExample = fill(
    text,
    "<!-- example:docs/examples/mnist.mjs -->",
    "<!-- /example -->",
    `\`\`\`js\n${example}\n\`\`\``,
  );
  return fill(withExample, "<!-- results -->", "<!-- /results -->", resultsTable());
}

const before = readFileSync("README.md", "utf8");
const after = readme(before);
if (!process.argv.includes("--check")) writeFileSync("README.md", after);
else if (after !== before) {
  console.error("README.md is out of date: npm run docs");
  process.exitCode = 1;
}
