import type { WindowAttributes } from "../ops/convolution.ts";
import { eachTap } from "./windows.ts";

/** Where the three factors of one product of a convolution lie: in the image, the weights and the result. */
export interface Product {
  readonly x: number;
  readonly weight: number;
  readonly result: number;
}

/** Visits every product of a convolution: its value and both gradients sum over the same ones. */
export function eachProduct(
  attributes: WindowAttributes,
  filters: number,
  visit: (product: Product) => void,
): void {
  const channels = attributes.inputShape[3] ?? 1;
  eachTap(attributes, ({ window, pixel, place }) => {
    for (let channel = 0; channel < channels; channel++) {
      for (let filter = 0; filter < filters; filter++) {
        visit({
          x: pixel * channels + channel,
          weight: (place * channels + channel) * filters + filter,
          result: window * filters + filter,
        });
      }
    }
  });
}
