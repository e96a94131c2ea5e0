import { ShapeError, UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount, formatShape } from "../kernels/types.ts";
import { batchNorm as batchNormOf, batchNormWithMoments } from "../ops/batchNorm.ts";
import { groupNorm as groupNormOf } from "../ops/groupNorm.ts";
import { instanceNorm as instanceNormOf } from "../ops/instanceNorm.ts";
import { layerNorm as layerNormOf } from "../ops/layerNorm.ts";
import type { NormOptions } from "../ops/norm_options.ts";
import { rmsNorm as rmsNormOf } from "../ops/rmsNorm.ts";
import { runningMoments } from "../ops/runningMoments.ts";
import type { ModelBuffer } from "./buffers.ts";
import type { Initializer } from "./initializers.ts";
import { constant, zeros } from "./initializers.ts";
import type { ForwardContext, Module } from "./module.ts";
import { Layer } from "./module.ts";
import type { Parameter, Scope } from "./parameters.ts";

export interface NormLayerOptions {
  /** Added to the variance inside the root; 1e-5 by default. */
  readonly epsilon?: number;
  /** Learn a factor γ; true by default. */
  readonly scale?: boolean;
  /** Learn a summand β; true by default. */
  readonly bias?: boolean;
  /** `constant(1)` by default. */
  readonly scaleInitializer?: Initializer;
  /** `zeros()` by default. */
  readonly biasInitializer?: Initializer;
}

interface Affine {
  readonly scale: Parameter | undefined;
  readonly bias: Parameter | undefined;
}

/** What sets one normalisation apart from another. */
interface Kind {
  readonly name: string;
  /** The shape of scale and bias. @throws ShapeError, given the layer's label, where the input does not fit */
  vectors(inputShape: Shape, where: string): Shape;
  apply(x: Tensor, options: NormOptions): Tensor;
}

function declare(own: Scope, shape: Shape, options: NormLayerOptions): Affine {
  const { scale = true, bias = true, scaleInitializer = constant(1), biasInitializer = zeros() } = options;
  return {
    scale: scale ? own.parameter("scale", shape, "scale", scaleInitializer) : undefined,
    bias: bias ? own.parameter("bias", shape, "bias", biasInitializer) : undefined,
  };
}

const tensorsOf = ({ scale, bias }: Affine): Tensor[] =>
  [scale, bias].flatMap((parameter) => (parameter ? [parameter.tensor] : []));

const optionsOf = ({ scale, bias }: Affine, { epsilon }: NormLayerOptions): NormOptions => ({
  scale: scale?.tensor,
  bias: bias?.tensor,
  epsilon,
});

class Norm extends Layer<Affine> {
  readonly name: string;
  readonly #kind: Kind;
  readonly #options: NormLayerOptions;

  constructor(kind: Kind, options: NormLayerOptions) {
    super();
    this.name = kind.name;
    this.#kind = kind;
    this.#options = options;
  }

  parameters(): Tensor[] {
    return tensorsOf(this.built);
  }

  protected create(inputShape: Shape, scope: Scope, where: string): [Shape, Affine] {
    const shape = this.#kind.vectors(inputShape, where);
    return [inputShape, declare(scope.child(this.name), shape, this.#options)];
  }

  protected apply(x: Tensor, built: Affine): Tensor {
    return this.#kind.apply(x, optionsOf(built, this.#options));
  }
}

/** @throws ShapeError where an example has too few axes */
function expectAxes(where: string, inputShape: Shape, fewest: number, expected: string): void {
  if (inputShape.length >= fewest) return;
  const problem = "the input has too few axes";
  throw new ShapeError({ where, problem, got: formatShape(inputShape), expected });
}

const channelsOf = (inputShape: Shape): Shape => inputShape.slice(-1);

export interface LayerNormLayerOptions extends NormLayerOptions {
  /** How many of the last axes of an example share a mean and a variance; 1 by default. */
  readonly lastAxes?: number;
}

/** Normalises each example over its last axes: [batch, …, features] → the same. Ba, Kiros and Hinton 2016. */
export const layerNorm = (options: LayerNormLayerOptions = {}): Module =>
  new Norm(last(true, options), options);

export type RmsNormLayerOptions = Omit<LayerNormLayerOptions, "bias" | "biasInitializer">;

/** Divides each example by its root mean square over the last axes. Zhang and Sennrich 2019. */
export const rmsNorm = (options: RmsNormLayerOptions = {}): Module =>
  new Norm(last(false, options), { ...options, bias: false });

function last(centred: boolean, { lastAxes = 1 }: LayerNormLayerOptions): Kind {
  const name = centred ? "layerNorm" : "rmsNorm";
  if (!Number.isInteger(lastAxes) || lastAxes < 1) {
    const expected = "an integer of at least 1";
    throw new UsageError({ where: name, problem: "wrong lastAxes", got: String(lastAxes), expected });
  }
  return {
    name,
    vectors: (inputShape, where) => {
      expectAxes(where, inputShape, lastAxes, `at least ${lastAxes}`);
      return inputShape.slice(-lastAxes);
    },
    apply: (x, { scale, bias, epsilon }) =>
      centred
        ? layerNormOf(x, { lastAxes, scale, bias, epsilon })
        : rmsNormOf(x, { lastAxes, scale, epsilon }),
  };
}

/**
 * Normalises each example over its places and groups of neighbouring channels: [batch, …, channels] → the same. Wu and He 2018.
 * @param groups a divisor of the channels
 */
export function groupNorm(groups: number, options: NormLayerOptions = {}): Module {
  if (!Number.isInteger(groups) || groups < 1) {
    const expected = "a positive integer";
    throw new UsageError({ where: "groupNorm", problem: "wrong groups", got: String(groups), expected });
  }
  const vectors = (inputShape: Shape, where: string): Shape => {
    const channels = inputShape.at(-1) ?? 0;
    if (channels > 0 && channels % groups === 0) return channelsOf(inputShape);
    const problem = "the groups do not divide the channels";
    throw new ShapeError({ where, problem, got: `${groups} of ${channels}`, expected: "a divisor" });
  };
  return new Norm({ name: "groupNorm", vectors, apply: (x, own) => groupNormOf(x, groups, own) }, options);
}

/** Normalises each channel of each example over its places: [batch, …, channels] → the same. Ulyanov and others 2016. */
export function instanceNorm(options: NormLayerOptions = {}): Module {
  const vectors = (inputShape: Shape, where: string): Shape => {
    expectAxes(where, inputShape, 2, "[…, channels] with places before");
    return channelsOf(inputShape);
  };
  return new Norm({ name: "instanceNorm", vectors, apply: instanceNormOf }, options);
}

export interface BatchNormLayerOptions extends NormLayerOptions {
  /** How much of each batch's statistics enters the running ones, 0 to 1; 0.1 by default. */
  readonly momentum?: number;
}

interface Running extends Affine {
  readonly mean: ModelBuffer;
  readonly variance: ModelBuffer;
}

class BatchNorm extends Layer<Running> {
  readonly name = "batchNorm";
  readonly #options: BatchNormLayerOptions;

  constructor(options: BatchNormLayerOptions) {
    super();
    this.#options = options;
  }

  parameters(): Tensor[] {
    return tensorsOf(this.built);
  }

  protected create(inputShape: Shape, scope: Scope, where: string): [Shape, Running] {
    expectAxes(where, inputShape, 1, "[…, channels]");
    const shape = channelsOf(inputShape);
    const own = scope.child(this.name);
    const mean = own.buffer("runningMean", shape, zeros());
    const variance = own.buffer("runningVariance", shape, constant(1));
    return [inputShape, { ...declare(own, shape, this.#options), mean, variance }];
  }

  protected apply(x: Tensor, built: Running, { training, buffers }: ForwardContext): Tensor {
    const options = optionsOf(built, this.#options);
    if (!training) {
      const statistics = { mean: built.mean.tensor, variance: built.variance.tensor };
      return batchNormOf(x, { ...options, statistics });
    }
    const { out, mean, variance } = batchNormWithMoments(x, options);
    if (buffers) {
      const count = elementCount(x.shape) / elementCount(built.mean.shape);
      const known = [buffers.current(built.mean), buffers.current(built.variance)] as const;
      const { momentum = 0.1 } = this.#options;
      const [newMean, newVariance] = runningMoments(mean, variance, ...known, { momentum, count });
      buffers.set(built.mean, newMean);
      buffers.set(built.variance, newVariance);
    }
    return out;
  }
}

/**
 * Normalises each channel: in training over the batch and all places, and moves the running mean and (unbiased) variance
 * towards the batch's: running ← (1 − momentum) · running + momentum · batch, as PyTorch; else by the running ones, which
 * are buffers of the model. [batch, …, channels] → the same. Ioffe and Szegedy 2015.
 * @throws UsageError where the momentum is out of range
 */
export function batchNorm(options: BatchNormLayerOptions = {}): Module {
  const { momentum = 0.1 } = options;
  if (!(momentum >= 0 && momentum <= 1)) {
    const expected = "0 to 1";
    throw new UsageError({ where: "batchNorm", problem: "wrong momentum", got: String(momentum), expected });
  }
  return new BatchNorm(options);
}
