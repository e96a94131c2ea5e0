import type { Shape } from "../kernels/types.ts";
import type { TiledImage, TiledResult } from "../ops/winograd.ts";
import type { Reference } from "./reference.ts";
import { at, count, input } from "./reference.ts";

type Matrix = readonly (readonly number[])[];

/** The matrices of F(2 × 2, 3 × 3): y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A. Each takes a side of a tile to four values. */
const matrices = {
  /** Bᵀ, of four pixels. */
  image: [
    [1, 0, -1, 0],
    [0, 1, 1, 0],
    [0, -1, 1, 0],
    [0, 1, 0, -1],
  ],
  /** G, of three taps. */
  filter: [
    [1, 0, 0],
    [0.5, 0.5, 0.5],
    [0.5, -0.5, 0.5],
    [0, 0, 1],
  ],
  /** A, of two results. */
  result: [
    [1, 0],
    [1, 1],
    [1, -1],
    [0, -1],
  ],
} satisfies Record<string, Matrix>;

/** How tiles lie over an image, and the matrix that transforms both sides of each. */
export interface Tiling {
  readonly matrix: Matrix;
  /** Batch, height, width, channels. */
  readonly image: Shape;
  /** Tiles down and across; each begins two pixels after the one before. */
  readonly tiles: readonly [down: number, across: number];
  /** Where the first tile begins. */
  readonly first: readonly [y: number, x: number];
}

export function imageTiling({ inputShape, padding }: TiledImage): Tiling {
  const [, height = 0, width = 0] = inputShape;
  const rows = height + padding.top + padding.bottom - 2;
  const columns = width + padding.left + padding.right - 2;
  return {
    matrix: matrices.image,
    image: inputShape,
    tiles: [Math.ceil(rows / 2), Math.ceil(columns / 2)],
    first: [-padding.top, -padding.left],
  };
}

export function resultTiling({ resultShape }: TiledResult): Tiling {
  const [, height = 0, width = 0] = resultShape;
  const tiles = [Math.ceil(height / 2), Math.ceil(width / 2)] as const;
  return { matrix: matrices.result, image: resultShape, tiles, first: [0, 0] };
}

/** One tile of 3 × 3 taps for each pair of a channel and a filter. */
export function filterTiling([channels = 1, filters = 1]: Shape): Tiling {
  return { matrix: matrices.filter, image: [1, 3, 3, channels * filters], tiles: [1, 1], first: [0, 0] };
}

/** [16, tiles, channels]: M d Mᵀ of every tile d; what lies outside the image counts as 0. */
export const toPlanes =
  <Attributes>(tilingOf: (attributes: Attributes, shape: Shape) => Tiling): Reference<Attributes> =>
  (inputs, attributes, { outputs }) => {
    const { data, shape } = input(inputs, 0);
    const out = new Float64Array(count(outputs[0]?.shape ?? []));
    eachTerm(tilingOf(attributes, shape), (factor, pixel, value) => {
      out[value] = at(out, value) + factor * at(data, pixel);
    });
    return [out];
  };

/** The adjoint: an image of the sums of Mᵀ v M over the tiles. */
export const toImage =
  <Attributes>(tilingOf: (attributes: Attributes, shape: Shape) => Tiling): Reference<Attributes> =>
  (inputs, attributes, { outputs }) => {
    const { data, shape } = input(inputs, 0);
    const out = new Float64Array(count(outputs[0]?.shape ?? []));
    eachTerm(tilingOf(attributes, shape), (factor, pixel, value) => {
      out[pixel] = at(out, pixel) + factor * at(data, value);
    });
    return [out];
  };

/** Visits every pixel inside with every value that it takes part in: flat places in the image and in the planes. */
function eachTerm(
  { matrix, image, tiles: [down, across], first }: Tiling,
  visit: (factor: number, pixel: number, value: number) => void,
): void {
  const [batch = 1, height = 1, width = 1, channels = 1] = image;
  const side = matrix[0]?.length ?? 0;
  const count = batch * down * across;
  for (let tile = 0; tile < count; tile++) {
    const top = (Math.floor(tile / across) % down) * 2 + first[0];
    const left = (tile % across) * 2 + first[1];
    for (let place = 0; place < side * side; place++) {
      const y = top + Math.floor(place / side);
      const x = left + (place % side);
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      const pixel = (Math.floor(tile / (down * across)) * height + y) * width + x;
      for (let plane = 0; plane < 16; plane++) {
        const factor = bothSides(matrix, plane, place);
        if (factor === 0) continue;
        for (let channel = 0; channel < channels; channel++) {
          visit(factor, pixel * channels + channel, (plane * count + tile) * channels + channel);
        }
      }
    }
  }
}

/** What a place of the tile counts in a value of M d Mᵀ. */
function bothSides(matrix: Matrix, plane: number, place: number): number {
  const side = matrix[0]?.length ?? 1;
  const vertical = matrix[Math.floor(plane / 4)]?.[Math.floor(place / side)] ?? 0;
  return vertical * (matrix[plane % 4]?.[place % side] ?? 0);
}
