import { ShapeError, UsageError } from "../device/errors.ts";
import { inputTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount, formatShape } from "../kernels/types.ts";
import { add } from "../ops/add.ts";
import { castLike } from "../ops/cast.ts";
import { sizeAt } from "../ops/checks.ts";
import type { Fans, Initializer } from "./initializers.ts";
import { fansOf, heNormal, withFans, zeros } from "./initializers.ts";
import { Layer, outputShape } from "./module.ts";
import type { Parameter, Scope, Weight } from "./parameters.ts";

/** What all convolution layers have. */
export interface FilterOptions {
  /** Whether a number is added to each output channel; true by default. */
  readonly bias?: boolean;
  /** Of the filters; `heNormal()` by default, whatever follows. Fans are those of one group. */
  readonly initializer?: Initializer;
  /** `zeros()` by default. */
  readonly biasInitializer?: Initializer;
}

/** What sets the convolution layers apart. */
export interface ConvolutionKind {
  readonly name: string;
  /** Of an example, with names for its axes; channels are the last. */
  readonly input: { readonly what: string; readonly axes: readonly string[] };
  weightsShape(channels: number): Shape;
  /** Of one output and one input element of a group. */
  fans(weights: Shape): Fans;
  apply(x: Tensor, weights: Tensor): Tensor;
}

interface Filters {
  readonly weights: Weight;
  readonly bias: Parameter | undefined;
}

/** A convolution and a bias, with filters of its own. */
export class ConvolutionLayer extends Layer<Filters> {
  readonly name: string;
  readonly #kind: ConvolutionKind;
  readonly #options: FilterOptions;

  constructor(kind: ConvolutionKind, options: FilterOptions) {
    super();
    this.name = kind.name;
    this.#kind = kind;
    this.#options = options;
  }

  parameters(): Tensor[] {
    const { weights, bias } = this.built;
    return [...weights.parameters, ...(bias ? [bias.tensor] : [])];
  }

  protected create(inputShape: Shape, scope: Scope, where: string): [Shape, Filters] {
    const { bias = true, initializer = heNormal(), biasInitializer = zeros() } = this.#options;
    const { input, weightsShape, fans, apply } = this.#kind;
    const channels = inputShape.at(-1);
    if (inputShape.length !== input.axes.length || !channels) {
      throw new ShapeError({
        where,
        problem: `it takes ${input.what}`,
        got: formatShape(inputShape),
        expected: `[${input.axes.join(", ")}]`,
      });
    }
    const shape = weightsShape(channels);
    const probe = inputTensor("filters", { shape, dtype: "f32" });
    const output = outputShape(where, inputShape, (x) => apply(x, probe));
    const own = scope.child(this.name);
    const built = {
      weights: own.weight("weights", shape, withFans(initializer, fans(shape))),
      bias: bias ? own.parameter("bias", [sizeAt(output, -1)], "bias", biasInitializer) : undefined,
    };
    return [output, built];
  }

  protected apply(x: Tensor, { weights, bias }: Filters): Tensor {
    const result = this.#kind.apply(x, castLike(weights.tensor, x));
    return bias ? add(result, castLike(bias.tensor, x)) : result;
  }
}

/** Of weights [window…, channels / groups, filters]: what an output sees is its own group. */
export function convolutionFans(weights: Shape, groups: number): Fans {
  const { fanIn, fanOut } = fansOf(weights);
  return { fanIn, fanOut: fanOut / groups };
}

/**
 * Of weights [window…, filters / groups, channels]. Windows that lie a stride apart overlap that much less: an output gets
 * that much less from each channel.
 */
export function transposedFans(weights: Shape, strides: readonly number[], groups: number): Fans {
  const windows = strides.reduce(
    (count, stride, axis) => count * Math.max(1, sizeAt(weights, axis) / stride),
    1,
  );
  const fanOut = elementCount(weights.slice(0, -1));
  return { fanIn: (sizeAt(weights, -1) / groups) * windows, fanOut };
}

/** @throws UsageError where one is none */
export function expectPositive(where: string, sizes: Readonly<Record<string, readonly number[]>>): void {
  if (Object.values(sizes).every((own) => own.every((size) => Number.isInteger(size) && size >= 1))) return;
  throw new UsageError({
    where,
    problem: `wrong ${Object.keys(sizes).join(" or ")}`,
    got: Object.entries(sizes)
      .map(([name, own]) => `${name} ${own.join(" × ")}`)
      .join(", "),
    expected: "positive integers",
  });
}
