import type { StoredRow } from "../stored_run.ts";
import { digits, element, escapeText, label, shortTime, standalone } from "./svg.ts";

/** One bar of a comparison. */
export interface PeerBar {
  readonly name: string;
  readonly milliseconds: number;
  /** `3.2 ×` for a peer, nothing for us. */
  readonly ratio: string;
  /** A variable of the palette. */
  readonly colour: string;
}

/** Peers of some rows, in the order in which they first occur: each keeps its colour. */
export const peerNames = (rows: readonly StoredRow[]): string[] => [
  ...new Set(rows.flatMap(({ peers }) => peers.map(({ name }) => name))),
];

/**
 * Ours and the peers' bars of one row; none where no peer has a time. Our time is what the ratio says it is: of a
 * training step the one with its loss read, since peers read theirs.
 */
export function peerBars({ peers }: StoredRow, names: readonly string[]): PeerBar[] {
  const [first] = peers;
  if (!first) return [];
  return [
    { name: "wgrad", milliseconds: first.milliseconds / first.ratio, ratio: "", colour: "var(--ours)" },
    ...peers.map(({ name, milliseconds, ratio }) => ({
      name,
      milliseconds,
      ratio: `${digits(ratio)} ×`,
      colour: `var(--peer-${names.indexOf(name) % 3})`,
    })),
  ];
}

const [width, margin, nameWidth, valueWidth] = [480, 14, 56, 128];
const [barHeight, barStep, headHeight, gap] = [16, 21, 24, 14];
/** Characters of 13 pixels that surely fit the width. */
const mostCharacters = 60;

/**
 * A bar chart of peers and us, a group a row, each group to its own scale, as a whole SVG file for docs.
 * @param rows of a stored run; those without a peer's time are left out
 * @param title a line, such as the adapter's name
 */
export function peersChart(rows: readonly StoredRow[], title: string): string {
  const names = peerNames(rows);
  const groups = rows.flatMap((row) => {
    const bars = peerBars(row, names);
    return bars.length > 0 ? [{ row, bars }] : [];
  });
  let y = margin + 14;
  const content = [label(margin, y, cut(title), { class: "head" })];
  y += 20;
  content.push(
    label(margin, y, "Time of one run; shorter is better. Each group to its own scale.", { class: "muted" }),
  );
  y += 4;
  for (const { row, bars } of groups) {
    y += gap + headHeight - 8;
    content.push(groupHead(row, y));
    y += 8;
    for (const bar of bars) {
      content.push(...drawBar(bar, y, Math.max(...bars.map(({ milliseconds }) => milliseconds))));
      y += barStep;
    }
  }
  return standalone(width, Math.ceil(y + margin - 4), title, ...content);
}

/** The name, and sizes where they do not repeat it. */
function groupHead({ name, case: sizes }: StoredRow, y: number): string {
  const rest = cut(sizes, mostCharacters - name.length);
  return element(
    "text",
    { x: margin, y },
    element("tspan", { "font-weight": 600 }, escapeText(name)),
    element("tspan", { dx: 7, style: "fill:var(--muted)" }, escapeText(rest)),
  );
}

function drawBar({ name, milliseconds, ratio, colour }: PeerBar, y: number, longest: number): string[] {
  const left = margin + nameWidth;
  const length = Math.max(1, ((width - left - margin - valueWidth) * milliseconds) / longest);
  const middle = y + barHeight - 4;
  const value = ratio === "" ? shortTime(milliseconds) : `${shortTime(milliseconds)}, ${ratio}`;
  return [
    label(left - 8, middle, name, { "text-anchor": "end" }),
    element("rect", { x: left, y, width: length, height: barHeight, rx: 2, style: `fill:${colour}` }),
    label(left + length + 6, middle, value),
  ];
}

const cut = (text: string, most = mostCharacters): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
