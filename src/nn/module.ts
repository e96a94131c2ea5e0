import type { WgradError } from "../device/errors.ts";
import { ShapeError, UsageError } from "../device/errors.ts";
import { inputTensor } from "../graph/leaves.ts";
import { inLayer } from "../graph/place.ts";
import type { Tensor } from "../graph/tensor.ts";
import { traced } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape, sameShape } from "../kernels/types.ts";
import type { BufferUpdates, ModelBuffer } from "./buffers.ts";
import type { ParameterSet } from "./parameters.ts";
import { Scope } from "./parameters.ts";

export interface ForwardContext {
  /** Dropout acts in training only; batch normalisation takes the batch's statistics then, else the running ones. */
  readonly training: boolean;
  /** Where layers put new values of their buffers in training; without it, buffers stay as they are. */
  readonly buffers?: BufferUpdates;
  /** Told of what each layer did: a model calls it for its layers. Nothing is computed for it. */
  readonly observe?: (seen: Observation) => void;
  /** Which part of its batch this is, where a step works it off in parts; 0 by default. Each draws its own numbers. */
  readonly part?: number;
}

/** What went into a layer and came out of it. */
export interface Observation {
  /** The path to the layer and its name: `layer1.relu`. */
  readonly name: string;
  readonly layer: Module;
  readonly input: Tensor;
  readonly output: Tensor;
}

/** What an activation's values lie between, where it has bounds. */
export type Range = readonly [low: number, high: number];

export const inference: ForwardContext = { training: false };

/** A part of a model. Shapes are of one example: the batch axis comes before them. */
export interface Module {
  /** What it is, such as `conv2d`: part of its parameters' names and of its errors. */
  readonly name: string;
  /** Of an activation, the range of its values, null where that is unbounded; absent from what is none. */
  readonly activationRange?: Range | null;
  /**
   * Declares parameters and works out the output's shape. A second set-up in the same model and with the same shape
   * shares the parameters.
   * @throws ShapeError where the input does not fit
   */
  setUp(inputShape: Shape, scope: Scope): Shape;
  /** x: [batch, ...inputShape] → [batch, ...outputShape]. */
  forward(x: Tensor, context?: ForwardContext): Tensor;
  /** In the order of declaration; empty for most. */
  parameters(): readonly Tensor[];
}

/** A module without memory of where it is used: one function of tensors, whose ops know the shapes. */
export function statelessModule(
  name: string,
  apply: (x: Tensor) => Tensor,
  activationRange?: Range | null,
): Module {
  return {
    name,
    ...(activationRange !== undefined && { activationRange }),
    setUp: (inputShape, scope) => outputShape(scope.label(name), inputShape, apply),
    forward: (x) => apply(x),
    parameters: () => [],
  };
}

/**
 * Applies a layer of a model under its name, the path to it and what it is: `layer1.relu`. Errors and statistics call it
 * so, and whoever observes is told.
 */
export function applyLayer(layer: Module, name: string, x: Tensor, context: ForwardContext): Tensor {
  const output = inLayer(name, () => layer.forward(x, context));
  context.observe?.({ name, layer, input: x, output });
  return output;
}

/** The shape of one example after a function: asks the ops by applying them to nothing. */
export function outputShape(where: string, inputShape: Shape, apply: (x: Tensor) => Tensor): Shape {
  // Traced apart: a model may be built inside a traced function, which must not see this.
  const [shape] = traced(() => {
    const probe = inputTensor("probe", { shape: [1, ...inputShape], dtype: "f32" });
    return naming(where, () => apply(probe)).shape.slice(1);
  });
  return shape;
}

/** Puts a layer's label in place of the op's name in what an op complains of. */
function naming<Result>(where: string, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    if (error instanceof ShapeError) throw new ShapeError({ ...partsOf(error), where }, { cause: error });
    if (error instanceof UsageError) throw new UsageError({ ...partsOf(error), where }, { cause: error });
    throw error;
  }
}

const partsOf = ({ problem, got, expected, hint }: WgradError) => ({ problem, got, expected, hint });

interface Place<Built> {
  readonly scope: Scope;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly built: Built;
}

/** A module that keeps something from its set-up: parameters, a stream of random numbers. */
export abstract class Layer<Built> implements Module {
  abstract readonly name: string;
  #place: Place<Built> | undefined;

  /** Declares what the layer needs and gives the output's shape. */
  protected abstract create(inputShape: Shape, scope: Scope, where: string): [Shape, Built];
  protected abstract apply(x: Tensor, built: Built, context: ForwardContext): Tensor;
  abstract parameters(): readonly Tensor[];

  setUp(inputShape: Shape, scope: Scope): Shape {
    const where = scope.label(this.name);
    const known = this.#place && !this.#place.scope.abandoned ? this.#place : undefined;
    if (known) return this.#again(known, inputShape, scope);
    const [outputShape, built] = this.create(inputShape, scope, where);
    this.#place = { scope, inputShape, outputShape, built };
    return outputShape;
  }

  forward(x: Tensor, context: ForwardContext = inference): Tensor {
    const { scope, inputShape } = this.#placed();
    const where = scope.label(this.name);
    if (!sameShape(x.shape.slice(1), inputShape)) {
      throw new ShapeError({
        where,
        problem: "the input is not what the layer was built for",
        got: formatShape(x.shape),
        expected: `[batch, ${inputShape.join(", ")}]`,
      });
    }
    const { path } = scope;
    const layer = path.endsWith(this.name) ? path : path ? `${path}.${this.name}` : this.name;
    return naming(where, () => inLayer(layer, () => this.apply(x, this.built, context)));
  }

  /** @throws UsageError before the set-up */
  protected get built(): Built {
    return this.#placed().built;
  }

  #again(known: Place<Built>, inputShape: Shape, scope: Scope): Shape {
    const where = known.scope.label(this.name);
    if (!known.scope.sharesModelWith(scope)) {
      throw new UsageError({
        where,
        problem: "the layer belongs to another model",
        hint: "make a new layer",
      });
    }
    if (!sameShape(known.inputShape, inputShape)) throw rebuiltError(where, known.inputShape, inputShape);
    return known.outputShape;
  }

  #placed(): Place<Built> {
    if (this.#place) return this.#place;
    throw new UsageError({
      where: this.name,
      problem: "used before it was built",
      hint: "call model.build first",
    });
  }
}

function rebuiltError(where: string, known: Shape, got: Shape): ShapeError {
  return new ShapeError({
    where,
    problem: "it is built already, for another input shape",
    got: formatShape(got),
    expected: formatShape(known),
    hint: "make a new model",
  });
}

interface BuiltModel {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly seed: bigint;
  readonly parameters: ParameterSet;
}

export interface BuildOptions {
  /** Decides the initial parameters; 0 by default. */
  readonly seed?: number | bigint;
}

/**
 * What can be trained: modules whose parameters lie in one flat state. `sequential` makes one; a model with branches
 * extends this class.
 */
export abstract class Model implements Module {
  abstract readonly name: string;
  #built: BuiltModel | undefined;

  abstract setUp(inputShape: Shape, scope: Scope): Shape;
  abstract forward(x: Tensor, context?: ForwardContext): Tensor;
  abstract parameters(): readonly Tensor[];

  /**
   * Collects the parameters and draws their initial values. A second call with the same shape and seed returns the
   * same parameters.
   * @param inputShape of one example, without the batch
   * @throws ShapeError where a layer does not fit, or the model was built for another shape
   */
  build(inputShape: Shape, options: BuildOptions = {}): ParameterSet {
    const seed = BigInt(options.seed ?? 0);
    const built = this.#built;
    if (built) {
      if (!sameShape(built.inputShape, inputShape))
        throw rebuiltError(this.name, built.inputShape, inputShape);
      if (options.seed !== undefined && seed !== built.seed) {
        const problem = "it is built already, with another seed";
        throw new UsageError({ where: this.name, problem, got: String(seed), expected: String(built.seed) });
      }
      return built.parameters;
    }
    const scope = new Scope();
    try {
      const outputShape = this.setUp(inputShape, scope);
      const parameters = scope.finish(seed);
      this.#built = { inputShape, outputShape, seed, parameters };
      return parameters;
    } catch (error) {
      scope.abandon();
      throw error;
    }
  }

  get isBuilt(): boolean {
    return this.#built !== undefined;
  }

  /** @throws UsageError before `build` */
  get parameterSet(): ParameterSet {
    return this.#model.parameters;
  }

  /** What training steps change besides parameters: running statistics. @throws UsageError before `build` */
  buffers(): readonly ModelBuffer[] {
    return this.#model.parameters.buffers;
  }

  /** Of one example. @throws UsageError before `build` */
  get inputShape(): Shape {
    return this.#model.inputShape;
  }

  /** Of one example. @throws UsageError before `build` */
  get outputShape(): Shape {
    return this.#model.outputShape;
  }

  /** A line a parameter, and their number. */
  toString(): string {
    if (!this.#built) return `${this.name}, not built`;
    const { inputShape, outputShape, parameters } = this.#built;
    return [
      `${this.name}: ${formatShape(inputShape)} → ${formatShape(outputShape)}, ${parameters.count} parameters`,
      ...parameters.parameters.map(({ name, shape }) => `  ${name} ${formatShape(shape)}`),
    ].join("\n");
  }

  get #model(): BuiltModel {
    if (this.#built) return this.#built;
    const hint = "call model.build(inputShape), or let a trainer do it";
    throw new UsageError({ where: this.name, problem: "the model is not built", hint });
  }
}
