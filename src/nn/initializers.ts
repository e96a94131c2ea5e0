import { UsageError } from "../device/errors.ts";
import type { RandomStream } from "../kernels/philox.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";

/**
 * Fills a new parameter. The stream belongs to this parameter alone, so that a layer's start depends on the seed and
 * its place in the model, and not on what other layers draw. Fans are given where they are not those of the shape.
 */
export type Initializer = (values: Float32Array, shape: Shape, stream: RandomStream, fans?: Fans) => void;

/** How many inputs feed one output of a weight tensor, and how many outputs one input feeds. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Weights are [inputs, outputs], filters [height, width, inputs, outputs]: a window counts as many inputs. */
export function fansOf(shape: Shape): Fans {
  const receptive = elementCount(shape.slice(0, -2));
  const outputs = shape.at(-1) ?? 1;
  return { fanIn: receptive * (shape.at(-2) ?? 1), fanOut: receptive * outputs };
}

/** The initializer with a layer's own fans: those of groups of channels do not follow from the weights' shape. */
export const withFans =
  (initializer: Initializer, fans: Fans): Initializer =>
  (values, shape, stream) =>
    initializer(values, shape, stream, fans);

/** Every element 0: the default for biases. */
export const zeros = (): Initializer => constant(0);

/** Every element the value. */
export function constant(value: number): Initializer {
  return (values) => void values.fill(value);
}

/** Uniform in [low, high). */
export function uniform(low = -0.05, high = 0.05): Initializer {
  return (values, _, stream) => void stream.fillUniform(values, low, high);
}

/** Normal with a mean and a standard deviation. @throws UsageError where the deviation is negative */
export function normal(mean = 0, standardDeviation = 0.05): Initializer {
  expectDeviation("normal", standardDeviation);
  return (values, _, stream) => void stream.fillNormal(values, mean, standardDeviation);
}

/**
 * Normal, drawn again beyond two standard deviations: what is left has 0.87963 times the deviation given.
 * @throws UsageError where the deviation is negative
 */
export function truncatedNormal(mean = 0, standardDeviation = 0.05): Initializer {
  expectDeviation("truncatedNormal", standardDeviation);
  return (values, _, stream) => void stream.fillTruncatedNormal(values, mean, standardDeviation);
}

/**
 * Normal with standard deviation 0.01 whatever the fans: the small-scale random weights from which the deep networks of the
 * `vanishing` paper start. The paper says "Random" alone; 0.01 is what the layers that it builds on draw, those of Kinsley
 * and Kukieła, "Neural networks from scratch in Python", 2020.
 */
export const smallNormal = (): Initializer => normal(0, 0.01);

function expectDeviation(where: string, standardDeviation: number): void {
  if (standardDeviation >= 0) return;
  throw new UsageError({
    where,
    problem: "wrong standard deviation",
    got: String(standardDeviation),
    expected: "at least 0",
  });
}

/**
 * Normal with variance 2 / fanIn, which keeps the variance of activations through ReLU layers: He, Zhang, Ren and
 * Sun, "Delving deep into rectifiers", ICCV 2015. The default for weights.
 */
export function heNormal(): Initializer {
  return (values, shape, stream, { fanIn } = fansOf(shape)) =>
    void stream.fillNormal(values, 0, Math.sqrt(2 / fanIn));
}

/** Uniform with the variance of `heNormal`. */
export function heUniform(): Initializer {
  return spread((fans) => 2 / fans.fanIn);
}

/**
 * Normal with variance 2 / (fanIn + fanOut), which serves activations and gradients alike where the activation is
 * near linear: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
 */
export function glorotNormal(): Initializer {
  return (values, shape, stream, { fanIn, fanOut } = fansOf(shape)) => {
    stream.fillNormal(values, 0, Math.sqrt(2 / (fanIn + fanOut)));
  };
}

/** Uniform with the variance of `glorotNormal`: the "normalized initialization" of that paper. */
export function glorotUniform(): Initializer {
  return spread(({ fanIn, fanOut }) => 2 / (fanIn + fanOut));
}

/**
 * Normal with variance 1 / fanIn, which keeps the variance through layers without an activation, and through SELU: LeCun,
 * Bottou, Orr and Müller, "Efficient BackProp", 1998.
 */
export function lecunNormal(): Initializer {
  return (values, shape, stream, { fanIn } = fansOf(shape)) =>
    void stream.fillNormal(values, 0, Math.sqrt(1 / fanIn));
}

/** Uniform with the variance of `lecunNormal`. */
export function lecunUniform(): Initializer {
  return spread(({ fanIn }) => 1 / fanIn);
}

/** Uniform around 0 with a variance: ±√(3 · variance). */
function spread(variance: (fans: Fans) => number): Initializer {
  return (values, shape, stream, fans = fansOf(shape)) => {
    const limit = Math.sqrt(3 * variance(fans));
    stream.fillUniform(values, -limit, limit);
  };
}
