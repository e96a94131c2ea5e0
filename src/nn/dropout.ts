import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { alphaDropout as alphaDropoutOf } from "../ops/alphaDropout.ts";
import { channelDropout as channelDropoutOf } from "../ops/channelDropout.ts";
import type { DropoutAttributes } from "../ops/dropout.ts";
import { dropout as dropoutOf } from "../ops/dropout.ts";
import type { ForwardContext, Module } from "./module.ts";
import { Layer } from "./module.ts";
import type { Scope } from "./parameters.ts";
import { streamsOfAModel } from "./parameters.ts";

/** What sets this layer's random numbers apart from those of the model's other layers. */
interface Stream {
  readonly stream: number;
}

type DropoutFunction = (x: Tensor, attributes: DropoutAttributes) => Tensor;

class Dropout extends Layer<Stream> {
  readonly name: string;
  readonly #rate: number;
  readonly #drop: DropoutFunction;

  constructor(name: string, rate: number, drop: DropoutFunction) {
    super();
    if (!(rate >= 0 && rate < 1)) {
      const expected = "0 ≤ rate < 1";
      throw new UsageError({ where: name, problem: "wrong rate", got: String(rate), expected });
    }
    this.name = name;
    this.#rate = rate;
    this.#drop = drop;
  }

  parameters(): Tensor[] {
    return [];
  }

  protected create(inputShape: Shape, scope: Scope): [Shape, Stream] {
    return [inputShape, { stream: scope.stream() }];
  }

  protected apply(x: Tensor, { stream }: Stream, { training, part = 0 }: ForwardContext): Tensor {
    if (!training || this.#rate === 0) return x;
    return this.#drop(x, { rate: this.#rate, stream: stream + part * streamsOfAModel });
  }
}

/**
 * In training sets a share of the elements to 0, drawn anew at each step from the engine's seed, and scales the rest
 * by 1 / (1 − rate); else does nothing. Srivastava and others, "Dropout", JMLR 2014.
 * @param rate the share, 0 ≤ rate < 1
 * @throws UsageError where the rate is out of range
 */
export function dropout(rate: number): Module {
  return new Dropout("dropout", rate, dropoutOf);
}

/**
 * As `dropout`, but of each example whole channels, the last axis: what PyTorch calls Dropout2d and Keras
 * SpatialDropout2D. Takes [batch, …, channels].
 * @param rate the share, 0 ≤ rate < 1
 * @throws UsageError where the rate is out of range
 */
export function channelDropout(rate: number): Module {
  return new Dropout("channelDropout", rate, channelDropoutOf);
}

/**
 * As `dropout`, for networks of SELU: sets elements to its lower end and keeps mean 0 and variance 1. Klambauer and
 * others, "Self-normalizing neural networks", 2017.
 * @param rate the share, 0 ≤ rate < 1
 * @throws UsageError where the rate is out of range
 */
export function alphaDropout(rate: number): Module {
  return new Dropout("alphaDropout", rate, alphaDropoutOf);
}
