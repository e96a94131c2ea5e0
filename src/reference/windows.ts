import type { PoolAttributes } from "../ops/pooling.ts";

/** One tap of one window that lies inside the image. Windows and pixels are numbered through the batch. */
export interface Tap {
  readonly window: number;
  readonly pixel: number;
  /** Its place in the window, numbered by rows. */
  readonly place: number;
}

/** Visits every tap inside the image, window by window. */
export function eachTap(attributes: PoolAttributes, visit: (tap: Tap) => void): void {
  const { inputShape, kernel } = attributes;
  const [batch = 1, height = 1, width = 1] = inputShape;
  const rows = tapsAlong(attributes, 0);
  const columns = tapsAlong(attributes, 1);
  for (let item = 0; item < batch; item++) {
    rows.forEach((tapsDown, row) => {
      columns.forEach((tapsAcross, column) => {
        const window = (item * rows.length + row) * columns.length + column;
        tapsDown.forEach((y, down) => {
          tapsAcross.forEach((x, across) => {
            if (y < 0 || y >= height || x < 0 || x >= width) return;
            visit({ window, pixel: (item * height + y) * width + x, place: down * kernel[1] + across });
          });
        });
      });
    });
  }
}

/** For each window along an axis, the places of its taps; some may lie outside of the image. */
export function tapsAlong(attributes: PoolAttributes, axis: 0 | 1): number[][] {
  const { inputShape, kernel, stride, padding, dilation, bins } = attributes;
  const size = inputShape[1 + axis] ?? 1;
  if (bins) return Array.from({ length: bins[axis] }, (_, bin) => binPlaces(bin, bins[axis], size));
  const before = axis === 0 ? padding.top : padding.left;
  const padded = before + size + (axis === 0 ? padding.bottom : padding.right);
  const windows: number[][] = [];
  for (let begin = 0; begin + (kernel[axis] - 1) * dilation[axis] < padded; begin += stride[axis]) {
    windows.push(Array.from({ length: kernel[axis] }, (_, tap) => begin + tap * dilation[axis] - before));
  }
  return windows;
}

function binPlaces(bin: number, bins: number, size: number): number[] {
  const begin = Math.floor((bin * size) / bins);
  const end = Math.ceil(((bin + 1) * size) / bins);
  return Array.from({ length: end - begin }, (_, place) => begin + place);
}
