/**
 * Writes what documentation takes from elsewhere: README.md's example and tables, docs/performance.md and its charts from
 * bench/results, docs/ops.md and docs/training.md from the code's own tables, so that no figure is typed. With --check it writes nothing and fails where a file is out of date.
 *   npm run docs -- [--check] [--results FOLDER]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "./docs/markdown.ts";
import { opsPage } from "./docs/ops.ts";
import { peerCharts } from "./docs/peers.ts";
import { performancePage } from "./docs/performance.ts";
import { readmePage } from "./docs/readme.ts";
import { readResults } from "./docs/results.ts";
import { scalingCharts } from "./docs/scaling.ts";
import { trainingPage } from "./docs/training.ts";

const { values } = parseArgs({
  options: { check: { type: "boolean" }, results: { type: "string", default: "bench/results" } },
});
const results = readResults(values.results);
const pages: readonly Page[] = [
  readmePage(results),
  performancePage(results),
  opsPage(),
  trainingPage(),
  ...peerCharts(results),
  ...scalingCharts(results),
];
/** Charts of runs that are no longer stored. */
const charts = "docs/images";
const orphans = readdirSync(charts)
  .filter((name) => /^(peers|scaling)-.*\.svg$/.test(name))
  .map((name) => `${charts}/${name}`)
  .filter((path) => !pages.some((page) => page.path === path));
const isCurrent = ({ path, text }: Page): boolean => existsSync(path) && readFileSync(path, "utf8") === text;

for (const page of pages.filter((candidate) => !isCurrent(candidate))) {
  if (values.check) {
    console.error(`${page.path} is out of date: npm run docs`);
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(page.path), { recursive: true });
  writeFileSync(page.path, page.text);
  console.log(page.path);
}

for (const path of orphans) {
  if (values.check) {
    console.error(`${path} is of a run that is not stored: npm run docs`);
    process.exitCode = 1;
  } else rmSync(path);
}
