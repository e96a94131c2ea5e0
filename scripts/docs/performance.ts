import { readFileSync } from "node:fs";
import { digits } from "../../src/benchmarks/charts/svg.ts";
import type { StoredOrigin } from "../../src/benchmarks/stored_run.ts";
import { dispatchesPart } from "./dispatches.ts";
import { kernelsPart, profilesPart, tunedPart } from "./kernels.ts";
import type { Column, Page } from "./markdown.ts";
import { figure, fill, table } from "./markdown.ts";
import { peersPart } from "./peers.ts";
import type { Results, Stored } from "./results.ts";
import { adapterName, dayOf } from "./results.ts";
import { scalingPart } from "./scaling.ts";

/** docs/performance.md: a hand-written frame, and parts made of stored results. */
export function performancePage(results: Results): Page {
  const path = "docs/performance.md";
  const parts: readonly (readonly [name: string, content: string])[] = [
    ["runs", runsTable(results)],
    ["peers", peersPart(results)],
    ["kernels", kernelsPart(results)],
    ["tuned", tunedPart(results)],
    ["scaling", scalingPart(results)],
    ["profiles", profilesPart(results)],
    ["dispatches", dispatchesPart(results)],
  ];
  return parts.reduce((page, [name, content]) => fill(page, name, content), {
    path,
    text: readFileSync(path, "utf8"),
  });
}

/** Where every figure of the page comes from. */
function runsTable({ runs, against, tuned, scaling, profiles }: Results): string {
  const all: readonly Stored<StoredOrigin>[] = [...runs, ...against, ...tuned, ...scaling, ...profiles];
  const columns: Column<Stored<StoredOrigin>>[] = [
    ["stored run", ({ file }) => `[${file.replace("bench/results/", "")}](../${file})`],
    ["adapter", ({ content }) => adapterName(content)],
    ["date", ({ content }) => dayOf(content)],
    [">processors", ({ content }) => figure(content.cpus, String)],
    ["versions", ({ content }) => content.versions.map(([name, version]) => `${name} ${version}`).join(", ")],
    ["flags", ({ content }) => content.flags.join(", ")],
    [">peak GFLOP/s", ({ content }) => figure(content.roofline.gflops, digits)],
    [">copy GB/s", ({ content }) => figure(content.roofline.gigabytesPerSecond, digits)],
  ];
  return table(columns, all);
}
