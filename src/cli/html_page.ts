/** What pages that a command writes have in common: no network, light and dark, readable on a phone. */
import { element, escapeText, lettering, palette } from "../benchmarks/charts/svg.ts";

const style = `${palette(":root")}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1.25rem 1rem 3rem;background:var(--surface);color:var(--ink);
font:15px/1.45 system-ui,-apple-system,'Segoe UI','Open Sans',sans-serif}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}
p{margin:.25rem 0 .75rem}.muted{color:var(--muted)}.wrong{color:var(--wrong)}.small{font-size:.85em}
svg{display:block}${lettering}
.cell{display:grid;grid-template-columns:minmax(0,1fr) 5.2em;gap:.6em;align-items:center}
.value{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.85em;font-variant-numeric:tabular-nums}
th,td{padding:.3em .6em;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}
th.text,td.text{text-align:left}td.text{white-space:normal;min-width:7rem}`;

export interface HtmlPage {
  readonly title: string;
  /** What it is of, for the window's title: an adapter. */
  readonly about: string;
  /** Rules beside those that all pages have. */
  readonly style: string;
  /** Markup below the heading. */
  readonly content: readonly string[];
}

export function htmlPage({ title, about, style: own, content }: HtmlPage): string {
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeText(`${title}: ${about}`)}</title>`,
    `<style>${style}${own}</style></head><body>`,
    element("h1", {}, escapeText(title)),
    ...content,
    "</body></html>\n",
  ].join("\n");
}

export const heading = (text: string): string => element("h2", {}, escapeText(text));

export const division = (name: string, ...content: readonly string[]): string =>
  element("div", { class: name }, ...content);

export interface Head {
  readonly head: string;
  readonly kind: "text" | "number";
}

/** A row shorter than the head has its last cell, in words, over all that is left. */
export function tableOf(heads: readonly Head[], rows: readonly (readonly string[])[]): string {
  const kindOf = (index: number) => (heads[index]?.kind === "text" ? "text" : undefined);
  const cells = (name: "th" | "td", texts: readonly string[]) => {
    const left = heads.length - texts.length + 1;
    return texts.map((text, index) =>
      left > 1 && index === texts.length - 1
        ? element(name, { class: "text", colspan: left }, escapeText(text))
        : element(name, { class: kindOf(index) }, escapeText(text)),
    );
  };
  const names = heads.map(({ head }) => head);
  const head = element("thead", {}, element("tr", {}, ...cells("th", names)));
  const body = element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells("td", row))));
  return division("scroll", element("table", {}, head, body));
}
