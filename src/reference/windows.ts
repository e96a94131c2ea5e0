import type { WindowAttributes } from "../ops/convolution.ts";

/** One tap of one window that lies inside the image. Windows and pixels are numbered through the batch. */
export interface Tap {
  readonly window: number;
  readonly pixel: number;
  /** Its place in the window, numbered by rows. */
  readonly place: number;
}

/** Visits every tap inside the image, window by window. */
export function eachTap(attributes: WindowAttributes, visit: (tap: Tap) => void): void {
  const { inputShape, kernel, stride, padding, dilation } = attributes;
  const [batch = 1, height = 1, width = 1] = inputShape;
  const rows = countAlong(height + padding.top + padding.bottom, kernel[0], stride[0], dilation[0]);
  const columns = countAlong(width + padding.left + padding.right, kernel[1], stride[1], dilation[1]);
  for (let window = 0; window < batch * rows * columns; window++) {
    const item = Math.floor(window / (rows * columns));
    const top = (Math.floor(window / columns) % rows) * stride[0] - padding.top;
    const left = (window % columns) * stride[1] - padding.left;
    for (let place = 0; place < kernel[0] * kernel[1]; place++) {
      const y = top + Math.floor(place / kernel[1]) * dilation[0];
      const x = left + (place % kernel[1]) * dilation[1];
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      visit({ window, pixel: (item * height + y) * width + x, place });
    }
  }
}

/** Windows along an axis of the padded size. */
function countAlong(size: number, kernel: number, stride: number, dilation: number): number {
  let count = 0;
  while (count * stride + (kernel - 1) * dilation < size) count++;
  return count;
}
