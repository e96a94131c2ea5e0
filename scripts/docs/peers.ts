import { peerNames, peersChart } from "../../src/benchmarks/charts/peers.ts";
import { digits, shortTime } from "../../src/benchmarks/charts/svg.ts";
import type { StoredRow, StoredRun } from "../../src/benchmarks/stored_run.ts";
import type { Column, Page } from "./markdown.ts";
import { paragraphs, section, table } from "./markdown.ts";
import type { Results, Stored } from "./results.ts";
import { adapterName, headingOf } from "./results.ts";
import { peerVerdict } from "./targets.ts";

const chartOf = ({ slug }: Stored<StoredRun>): string => `docs/images/peers-${slug}.svg`;

/** A row that was compared, whether or not a peer has a time. */
const compared = ({ peers, refusedPeers }: StoredRow): boolean => peers.length + refusedPeers.length > 0;

/** Training steps that a peer has a time for: what the chart shows, which would be too long with all rows. */
const comparedSteps = ({ content }: Stored<StoredRun>): StoredRow[] =>
  content.rows.filter(({ name, peers }) => name.startsWith("step/") && peers.length > 0);

/** Charts of training steps against peers, a file an adapter. */
export const peerCharts = ({ against }: Results): Page[] =>
  against
    .filter((stored) => comparedSteps(stored).length > 0)
    .map((stored) => ({
      path: chartOf(stored),
      text: peersChart(comparedSteps(stored), adapterName(stored.content)),
    }));

/** What peers were compared with: of a training step our time with the loss read, for they read theirs. */
function ours({ peers, withRead, milliseconds }: StoredRow): string {
  const [first] = peers;
  if (first) return shortTime(first.milliseconds / first.ratio);
  const own = withRead ?? milliseconds;
  return own ? shortTime(own.median) : "";
}

function theirs({ peers, refusedPeers }: StoredRow, name: string): string {
  const measured = peers.find((peer) => peer.name === name);
  if (measured) return `${shortTime(measured.milliseconds)} (${digits(measured.ratio)} ×)`;
  return refusedPeers.some((peer) => peer.name === name) ? "no time" : "";
}

/** Every row against the peers, per adapter, beside what is wanted. */
export function peersPart({ against }: Results): string {
  return section(
    "## Against TensorFlow.js and jax-js",
    against.length === 0
      ? ""
      : "Median time of one run, ours and theirs, and theirs by ours in brackets: above 1 wgrad is faster. All in one " +
          "process on one adapter with bounds checks on, in turns, every result checked.",
    ...against.map(adapterPart),
  );
}

function adapterPart(stored: Stored<StoredRun>): string {
  const { slug, content } = stored;
  const rows = content.rows.filter(compared);
  const names = [
    ...new Set([...peerNames(rows), ...rows.flatMap((row) => row.refusedPeers.map((p) => p.name))]),
  ];
  const columns: Column<StoredRow>[] = [
    ["row", ({ name }) => name],
    ["case", ({ case: sizes }) => sizes],
    [">wgrad", ours],
    ...names.map((name): Column<StoredRow> => [`>${named(rows, name)}`, (row) => theirs(row, name)]),
    ["wanted", (row) => peerVerdict(slug, row)],
  ];
  const refused = rows.flatMap((row) =>
    row.refusedPeers.map(({ name, error }) => `- ${name}, ${row.name} ${row.case}: ${error}`),
  );
  return section(
    headingOf(content),
    table(columns, rows),
    refused.length === 0 ? "" : paragraphs("No time, and why:", refused.join("\n")),
    comparedSteps(stored).length > 0 ? picture(stored, chartOf(stored).replace("docs/", "")) : "",
  );
}

/** `jax 0.1.25` where the run says the version. */
function named(rows: readonly StoredRow[], name: string): string {
  const known = rows
    .flatMap(({ peers }) => peers)
    .find((peer) => peer.name === name && peer.version !== null);
  return known ? `${name} ${known.version}` : name;
}

const picture = ({ content }: Stored<StoredRun>, path: string): string =>
  `![Training steps of wgrad and its peers on ${adapterName(content)}](${path})`;

/** The README's short form: training steps only. */
export function peersInShort({ against }: Results): string {
  const steps = against.flatMap((stored) =>
    comparedSteps(stored).map((row) => ({ row, adapter: adapterName(stored.content) })),
  );
  const names = peerNames(steps.map(({ row }) => row));
  const columns: Column<(typeof steps)[number]>[] = [
    ["training step", ({ row }) => `${row.name.replace("step/", "")}: ${row.case}`],
    ["adapter", ({ adapter }) => adapter],
    [">wgrad", ({ row }) => ours(row)],
    ...names.map((name): Column<(typeof steps)[number]> => [`>${name}`, ({ row }) => theirs(row, name)]),
  ];
  const charts = against.filter((stored) => comparedSteps(stored).length > 0);
  return section(
    steps.length === 0
      ? ""
      : "Training steps beside TensorFlow.js and jax-js, in one process on the same adapter, the loss read at each step; in " +
          "brackets their time by ours:",
    table(columns, steps),
    charts.map((stored) => picture(stored, chartOf(stored))).join(" "),
  );
}
