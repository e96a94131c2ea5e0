import type { Shape } from "../../kernels/types.ts";
import type { Padding } from "../../ops/convolution.ts";
import type { Case, Draw } from "../case.ts";

/** A convolution by 3 × 3 with the shapes of what Winograd's transforms make of it. */
export interface Tiled {
  readonly name: string;
  readonly image: Shape;
  readonly padding: Padding;
  readonly result: Shape;
  /** [16, tiles, channels] */
  readonly tiles: Shape;
  /** [16, tiles, filters] */
  readonly products: Shape;
  /** Too large for gradients by finite differences. */
  readonly gradient: Pick<Case, "gradient">;
}

function tiled(
  name: string,
  image: Shape,
  filters: number,
  [top, left, bottom, right]: readonly [top: number, left: number, bottom: number, right: number],
): Tiled {
  const [batch = 1, height = 1, width = 1, channels = 1] = image;
  const [rows, columns] = [height + top + bottom - 2, width + left + right - 2];
  const tiles = batch * Math.ceil(rows / 2) * Math.ceil(columns / 2);
  return {
    name,
    image,
    padding: { top, left, bottom, right },
    result: [batch, rows, columns, filters],
    tiles: [16, tiles, channels],
    products: [16, tiles, filters],
    gradient: tiles * Math.max(channels, filters) > 300 ? { gradient: "skip: large" } : {},
  };
}

/** Whole tiles and tiles past the edge, every side padded by more or less, one or more vectors of channels. */
export const tilings: readonly Tiled[] = [
  tiled("one tile", [1, 4, 4, 4], 4, [0, 0, 0, 0]),
  tiled("one pixel", [1, 1, 1, 4], 4, [1, 1, 1, 1]),
  tiled("one result", [1, 3, 3, 4], 8, [0, 0, 0, 0]),
  tiled("same", [2, 6, 4, 4], 8, [1, 1, 1, 1]),
  tiled("same, odd sizes", [1, 5, 7, 8], 4, [1, 1, 1, 1]),
  tiled("same, three vectors of channels", [2, 5, 3, 12], 20, [1, 1, 1, 1]),
  tiled("valid, odd sizes", [2, 7, 5, 4], 4, [0, 0, 0, 0]),
  tiled("padding 2", [1, 3, 4, 4], 4, [2, 2, 2, 2]),
  tiled("padding 2, one pixel", [1, 1, 1, 4], 8, [2, 2, 2, 2]),
  tiled("uneven padding", [2, 3, 4, 4], 4, [2, 0, 1, 3]),
  tiled("windows in the padding alone", [1, 2, 3, 4], 4, [4, 5, 3, 0]),
  tiled("workgroups - 1", [1, 18, 14, 4], 4, [1, 1, 1, 1]),
  tiled("workgroups + 1", [5, 13, 9, 4], 12, [0, 1, 2, 1]),
  tiled("many tiles", [3, 29, 31, 12], 20, [1, 1, 1, 1]),
];

/** Any small image and padding that leave a result. */
export function randomTiling(draw: Draw): Tiled {
  const [height, width] = [draw.integer(1, 12), draw.integer(1, 12)];
  const [top, left] = [draw.integer(0, 3), draw.integer(0, 3)];
  const bottom = Math.max(draw.integer(0, 3), 3 - height - top);
  const right = Math.max(draw.integer(0, 3), 3 - width - left);
  const image = [draw.integer(1, 3), height, width, 4 * draw.integer(1, 5)];
  return tiled("random", image, 4 * draw.integer(1, 5), [top, left, bottom, right]);
}
