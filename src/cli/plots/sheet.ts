import { parseHTML } from "linkedom";

/** Colours that differ in lightness too, so that they stay apart without colour vision (Okabe and Ito). */
export const colours = {
  ink: "#1b1f24",
  muted: "#59636e",
  grid: "#d5dbe1",
  paper: "#ffffff",
  training: "#0072b2",
  validation: "#d55e00",
  exploding: "#a3226e",
  vanishing: "#c4560a",
  none: "#c9ced4",
  infinite: "#d62728",
} as const;

export const lettering = "system-ui, -apple-system, 'Segoe UI', 'Open Sans', 'DejaVu Sans', sans-serif";

/** What Plot takes for `style`: text as large as the sheet's own. */
export const plotStyle = {
  fontFamily: lettering,
  fontSize: "13px",
  background: "transparent",
  color: colours.ink,
};

/** An entry of a sheet's legend. */
export interface LegendEntry {
  readonly text: string;
  readonly colour: string;
  readonly mark: "line" | "faint" | "dot" | "square" | "triangles";
}

const margin = 24;
const headHeight = 64;
const legendHeight = 26;

/** A whole SVG file: a title, a line of explanation, a legend, and plots below each other, on white. */
export class Sheet {
  readonly document: Document;
  readonly width: number;
  readonly #parts: Element[] = [];
  #height = headHeight;

  constructor(width: number, title: string, explanation: string) {
    this.document = parseHTML("<!doctype html><html><body></body></html>").document;
    this.width = width;
    this.#parts.push(
      this.text(margin, 32, title, { "font-size": 18, "font-weight": 600, fill: colours.ink }),
      this.text(margin, 54, explanation, { "font-size": 13, fill: colours.muted }),
    );
  }

  /** Width of what is put on the sheet. */
  get inner(): number {
    return this.width - 2 * margin;
  }

  legend(entries: readonly LegendEntry[]): this {
    let x = margin;
    for (const { text, colour, mark } of entries) {
      const y = this.#height + 14;
      this.#parts.push(this.#mark(x, y, colour, mark));
      this.#parts.push(this.text(x + 28, y + 4.5, text, { "font-size": 13, fill: colours.ink }));
      // Wide enough for any font of this size.
      x += 28 + 6.7 * text.length + 24;
    }
    this.#height += legendHeight;
    return this;
  }

  /** Puts a drawing of Plot below what is there. */
  add(drawing: Element, gap = 0): this {
    this.#height += gap;
    drawing.setAttribute("x", String(margin));
    drawing.setAttribute("y", String(this.#height));
    this.#height += Number(drawing.getAttribute("height"));
    this.#parts.push(drawing);
    return this;
  }

  /** The file's text. */
  toString(): string {
    const { width } = this;
    const height = Math.ceil(this.#height + margin / 2);
    const root = this.element("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img" });
    root.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    root.setAttribute("font-family", lettering);
    root.append(this.element("rect", { width, height, fill: colours.paper }), ...this.#parts);
    return `${root.outerHTML}\n`;
  }

  element(name: string, attributes: Readonly<Record<string, string | number>> = {}): Element {
    const made = this.document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  }

  text(
    x: number,
    y: number,
    content: string,
    attributes: Readonly<Record<string, string | number>>,
  ): Element {
    const made = this.element("text", { x, y, ...attributes });
    made.textContent = content;
    return made;
  }

  #mark(x: number, y: number, colour: string, mark: LegendEntry["mark"]): Element {
    switch (mark) {
      case "dot":
        return this.element("circle", { cx: x + 11, cy: y, r: 4.5, fill: colour });
      case "square":
        return this.element("rect", { x: x + 4, y: y - 7, width: 14, height: 14, fill: colour });
      case "triangles": {
        const d = `M${x},${y + 5}l5.5,-10l5.5,10zM${x + 12},${y - 5}l11,0l-5.5,10z`;
        return this.element("path", { d, fill: colour });
      }
      case "line":
      case "faint": {
        const width = mark === "faint" ? 1.5 : 2.5;
        const line = this.element("line", {
          x1: x,
          x2: x + 22,
          y1: y,
          y2: y,
          stroke: colour,
          "stroke-width": width,
        });
        if (mark === "faint") line.setAttribute("stroke-opacity", "0.45");
        return line;
      }
      default:
        throw mark satisfies never;
    }
  }
}
