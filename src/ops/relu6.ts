import type { Tensor } from "../graph/tensor.ts";
import { hardTanh } from "./hardTanh.ts";

/**
 * min(max(x, 0), 6); its gradient is 0 at 0 and at 6. Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010.
 */
export function relu6(x: Tensor): Tensor {
  return hardTanh(x, 0, 6);
}
