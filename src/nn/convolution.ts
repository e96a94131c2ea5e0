import { ShapeError, UsageError } from "../device/errors.ts";
import { inputTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape } from "../kernels/types.ts";
import { add } from "../ops/add.ts";
import { conv2d as conv2dOf } from "../ops/conv2d.ts";
import type { WindowOptions } from "../ops/convolution.ts";
import type { Initializer } from "./initializers.ts";
import { heNormal, zeros } from "./initializers.ts";
import type { Module } from "./module.ts";
import { Layer, outputShape } from "./module.ts";
import type { Parameter, Scope, Weight } from "./parameters.ts";

export interface Conv2dOptions extends WindowOptions {
  /** Output channels. */
  readonly filters: number;
  /** Height and width of a filter; one number for both. */
  readonly kernel: number | readonly [height: number, width: number];
  /** True by default. */
  readonly bias?: boolean;
  /** Of the filters; `heNormal()` by default, whatever follows. */
  readonly initializer?: Initializer;
  /** `zeros()` by default. */
  readonly biasInitializer?: Initializer;
}

interface Filters {
  readonly weights: Weight;
  readonly bias: Parameter | undefined;
}

class Conv2d extends Layer<Filters> {
  readonly name = "conv2d";
  readonly #options: Conv2dOptions;

  constructor(options: Conv2dOptions) {
    super();
    this.#options = options;
  }

  parameters(): Tensor[] {
    const { weights, bias } = this.built;
    return [...weights.parameters, ...(bias ? [bias.tensor] : [])];
  }

  protected create(inputShape: Shape, scope: Scope, where: string): [Shape, Filters] {
    const {
      filters,
      kernel,
      bias = true,
      initializer = heNormal(),
      biasInitializer = zeros(),
    } = this.#options;
    const channels = inputShape[2];
    if (inputShape.length !== 3 || !channels) {
      throw new ShapeError({
        where,
        problem: "it takes images",
        got: formatShape(inputShape),
        expected: "[height, width, channels]",
      });
    }
    const [height, width] = typeof kernel === "number" ? [kernel, kernel] : kernel;
    const shape = [height, width, channels, filters];
    const probe = inputTensor("filters", { shape, dtype: "f32" });
    const output = outputShape(where, inputShape, (x) => conv2dOf(x, probe, this.#windows));
    const own = scope.child(this.name);
    const built = {
      weights: own.weight("weights", shape, initializer),
      bias: bias ? own.parameter("bias", [filters], "bias", biasInitializer) : undefined,
    };
    return [output, built];
  }

  protected apply(x: Tensor, { weights, bias }: Filters): Tensor {
    const result = conv2dOf(x, weights.tensor, this.#windows);
    return bias ? add(result, bias.tensor) : result;
  }

  get #windows(): WindowOptions {
    const { stride = 1, padding = "valid", dilation = 1 } = this.#options;
    return { stride, padding, dilation };
  }
}

/** Convolution: [batch, height, width, channels] → [batch, …, …, filters]; weights [height, width, channels, filters]. */
export function conv2d(options: Conv2dOptions): Module {
  const { filters, kernel } = options;
  const sizes = typeof kernel === "number" ? [filters, kernel] : [filters, ...kernel];
  if (!sizes.every((size) => Number.isInteger(size) && size >= 1)) {
    throw new UsageError({
      where: "conv2d",
      problem: "wrong filters or kernel",
      got: `filters ${filters}, kernel ${kernel}`,
      expected: "positive integers",
    });
  }
  return new Conv2d(options);
}
