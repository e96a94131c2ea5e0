import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { dropout as dropoutOf } from "../ops/dropout.ts";
import type { ForwardContext, Module } from "./module.ts";
import { Layer } from "./module.ts";
import type { Scope } from "./parameters.ts";

/** What sets this layer's random numbers apart from those of the model's other layers. */
interface Stream {
  readonly stream: number;
}

class Dropout extends Layer<Stream> {
  readonly name = "dropout";
  readonly #rate: number;

  constructor(rate: number) {
    super();
    this.#rate = rate;
  }

  parameters(): Tensor[] {
    return [];
  }

  protected create(inputShape: Shape, scope: Scope): [Shape, Stream] {
    return [inputShape, { stream: scope.stream() }];
  }

  protected apply(x: Tensor, { stream }: Stream, { training }: ForwardContext): Tensor {
    return training && this.#rate > 0 ? dropoutOf(x, { rate: this.#rate, stream }) : x;
  }
}

/**
 * In training sets a share of the elements to 0, drawn anew at each step from the engine's seed, and scales the rest
 * by 1 / (1 − rate); else does nothing. Srivastava and others, "Dropout", JMLR 2014.
 * @param rate the share, 0 ≤ rate < 1
 */
export function dropout(rate: number): Module {
  if (!(rate >= 0 && rate < 1)) {
    throw new UsageError({
      where: "dropout",
      problem: "wrong rate",
      got: String(rate),
      expected: "0 ≤ rate < 1",
    });
  }
  return new Dropout(rate);
}
