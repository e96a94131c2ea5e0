type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text as SVG and HTML may hold it. */
export const escapeText = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark] ?? mark,
  );

/** An element with its attributes, those that are undefined left out, around markup. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${escapeText(typeof value === "number" ? rounded(value) : `${value}`)}"`,
    );
  const open = `<${name}${written.join("")}`;
  return content.length === 0 ? `${open}/>` : `${open}>${content.join("")}</${name}>`;
}

/** Text at a place. */
export const label = (x: number | string, y: number, text: string, attributes: Attributes = {}): string =>
  element("text", { x, y, ...attributes }, escapeText(text));

/** Coordinates need no more than a hundredth of a pixel. */
export const rounded = (value: number): string => `${Math.round(value * 100) / 100}`;

/**
 * Colours by what they say, for light and for dark surroundings. Blue, orange and teal differ in lightness too, so that
 * they stay apart without colour vision.
 */
export function palette(scope: string): string {
  return [
    `${scope}{--surface:#ffffff;--ink:#1b1f24;--muted:#59636e;--grid:#d5dbe1;--track:#eceff2;`,
    "--ours:#0b62d6;--peer-0:#c2570c;--peer-1:#5f9ea0;--peer-2:#8b6fb8;--wrong:#c4232b}",
    `@media (prefers-color-scheme:dark){${scope}{--surface:#11151a;--ink:#e8ebee;--muted:#9aa4af;--grid:#333b44;`,
    "--track:#20262d;--ours:#5aa2ff;--peer-0:#f0914a;--peer-1:#7fc4c6;--peer-2:#b79be0;--wrong:#ff7b81}}",
  ].join("");
}

/** Lettering of charts. */
export const lettering =
  "text{font:13px system-ui,-apple-system,'Segoe UI','Open Sans',sans-serif;fill:var(--ink)}" +
  "text.muted{fill:var(--muted)}text.head{font-weight:600}";

/** A whole SVG file of its own, with its own background: it is shown on pages whose colours it does not know. */
export function standalone(
  width: number,
  height: number,
  title: string,
  ...content: readonly string[]
): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": title,
  };
  const background = element("rect", { width, height, rx: 6, style: "fill:var(--surface)" });
  return `${element("svg", attributes, `<style>${palette("svg")}${lettering}</style>`, background, ...content)}\n`;
}

/** A time in the unit that suits it, three digits. */
export function shortTime(milliseconds: number): string {
  if (milliseconds >= 1000) return `${digits(milliseconds / 1000)} s`;
  return milliseconds >= 1 ? `${digits(milliseconds)} ms` : `${digits(milliseconds * 1000)} µs`;
}

/** Three digits, never in powers of ten. */
export const digits = (value: number): string =>
  value.toLocaleString("en-US", { maximumSignificantDigits: 3, useGrouping: false });

/** A share as `12.3 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The powers of ten that enclose values, at least one decade. */
export function decades(values: readonly number[]): { readonly from: number; readonly to: number } {
  const from = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const to = Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
  return { from, to: Math.max(to, from + 1) };
}
