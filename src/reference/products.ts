import type { ConvolutionAttributes } from "../ops/convolution.ts";
import { eachTap } from "./windows.ts";

/** Where the three factors of one product of a convolution lie: in the image, the weights and the result. */
export interface Product {
  readonly x: number;
  readonly weight: number;
  readonly result: number;
}

/**
 * Visits every product of a convolution: its value and both gradients sum over the same ones. With groups, filter f meets
 * the channels of the group that it is in, and its weights have those alone.
 */
export function eachProduct(
  attributes: ConvolutionAttributes,
  filters: number,
  visit: (product: Product) => void,
): void {
  const { groups = 1, inputShape } = attributes;
  const channels = inputShape[3] ?? 1;
  const ofGroup = channels / groups;
  eachTap(attributes, ({ window, pixel, place }) => {
    for (let channel = 0; channel < ofGroup; channel++) {
      for (let filter = 0; filter < filters; filter++) {
        const group = Math.floor((filter * groups) / filters);
        visit({
          x: pixel * channels + group * ofGroup + channel,
          weight: (place * ofGroup + channel) * filters + filter,
          result: window * filters + filter,
        });
      }
    }
  });
}
