import { UsageError } from "../device/errors.ts";

export interface DigitPicture {
  /** `height · width` grey values in row-major order, 0 = background. */
  readonly pixels: Uint8Array;
  readonly caption?: string;
}

export interface DigitOptions {
  /** One image: [height, width], at most 28 wide; 28×28 by default. */
  readonly shape?: readonly [height: number, width: number];
  /** `ramp`: grey levels in ASCII, two rows averaged. `blocks`: every pixel black or white, as half blocks. */
  readonly style?: "ramp" | "blocks";
  /** Columns of the terminal, 80 by default: what does not fit beside goes below. */
  readonly columns?: number;
}

const RAMP = " .:-=+*#%@";
const HALF_BLOCKS = [" ", "▄", "▀", "█"];
const MAX_WIDTH = 28;
const GAP = "  ";

/** One image as lines of text, `width` columns by ⌈height / 2⌉ rows: a character is twice as high as wide. */
export function digitLines(pixels: Uint8Array, options: DigitOptions = {}): string[] {
  const [height, width] = options.shape ?? [28, 28];
  if (width > MAX_WIDTH || pixels.length !== height * width) {
    throw new UsageError({
      where: "digitLines",
      problem: "wrong image",
      got: `${pixels.length} pixels for ${height}×${width}`,
      expected: `height · width pixels, at most ${MAX_WIDTH} wide`,
    });
  }
  const lines: string[] = [];
  for (let row = 0; row < height; row += 2) {
    let line = "";
    for (let column = 0; column < width; column++) {
      const upper = pixels[row * width + column] ?? 0;
      // Below an odd last row lies background.
      const lower = pixels[(row + 1) * width + column] ?? 0;
      line += options.style === "blocks" ? halfBlock(upper, lower) : shade((upper + lower) / 2);
    }
    lines.push(line);
  }
  return lines;
}

function halfBlock(upper: number, lower: number): string {
  return HALF_BLOCKS[(upper >= 128 ? 2 : 0) + (lower >= 128 ? 1 : 0)] ?? " ";
}

function shade(value: number): string {
  return RAMP[Math.min(RAMP.length - 1, Math.floor((value * RAMP.length) / 256))] ?? " ";
}

/** Several images side by side with their captions centred under them, in as many rows as the columns ask for. */
export function digitGallery(pictures: readonly DigitPicture[], options: DigitOptions = {}): string {
  const width = options.shape?.[1] ?? 28;
  const perRow = Math.max(1, Math.floor(((options.columns ?? 80) + GAP.length) / (width + GAP.length)));
  const blocks: string[] = [];
  for (let first = 0; first < pictures.length; first += perRow) {
    const row = pictures.slice(first, first + perRow);
    const images = row.map(({ pixels }) => digitLines(pixels, options));
    const lines = (images[0] ?? []).map((_, index) => images.map((image) => image[index] ?? "").join(GAP));
    if (row.some(({ caption }) => caption))
      lines.push(row.map(({ caption }) => centre(caption ?? "", width)).join(GAP));
    blocks.push(lines.map((line) => line.trimEnd()).join("\n"));
  }
  return blocks.join("\n\n");
}

function centre(text: string, width: number): string {
  const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
  const left = Math.floor((width - cut.length) / 2);
  return cut.padStart(left + cut.length).padEnd(width);
}
