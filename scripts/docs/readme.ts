import { readdirSync, readFileSync } from "node:fs";
import type { Column, Page } from "./markdown.ts";
import { fill, table } from "./markdown.ts";
import { peersInShort } from "./peers.ts";
import type { Results } from "./results.ts";

/** The fields of a stored training that the table shows; `wgrad train --json` writes them. */
interface StoredTraining {
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

const trainingsFolder = "docs/results";

/** README.md: the example, so that CI can run it, and tables of results, so that no figure is typed. */
export function readmePage(results: Results): Page {
  const page = { path: "README.md", text: readFileSync("README.md", "utf8") };
  const example = readFileSync("docs/examples/mnist.mjs", "utf8").trimEnd();
  const withExample = fill(
    page,
    "example:docs/examples/mnist.mjs",
    `\`\`\`js\n${example}\n\`\`\``,
    "example",
  );
  return fill(fill(withExample, "results", trainingsTable()), "peers", peersInShort(results));
}

function storedTrainings(): StoredTraining[] {
  const files = readdirSync(trainingsFolder).filter((name) => name.endsWith(".json"));
  if (files.length === 0) throw new Error(`no results in ${trainingsFolder}`);
  return files
    .sort()
    .map((name) => JSON.parse(readFileSync(`${trainingsFolder}/${name}`, "utf8")) as StoredTraining);
}

function trainingsTable(): string {
  const columns: Column<StoredTraining>[] = [
    ["recipe", ({ recipe }) => recipe],
    [
      "adapter",
      ({ adapter }) => `${adapter.description}${adapter.software ? " (software adapter, two cores)" : ""}`,
    ],
    ["steps × batch", ({ steps, batchSize }) => `${steps} × ${batchSize}`],
    ["test accuracy", ({ testAccuracy }) => `${(testAccuracy * 100).toFixed(2)} %`],
    [
      "ms a step, median (range)",
      ({ stepMilliseconds: { min, median, max } }) =>
        `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`,
    ],
    ["dispatches a step", ({ dispatchesPerStep }) => `${dispatchesPerStep}`],
    ["submits", ({ submits }) => `${submits}`],
    ["peak", ({ peakBytes }) => `${(peakBytes / 2 ** 20).toFixed(1)} MiB`],
  ];
  return table(columns, storedTrainings());
}
