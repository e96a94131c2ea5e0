import { ShapeError, UsageError } from "../device/errors.ts";
import { constantTensor, State, stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { RandomStream } from "../kernels/philox.ts";
import type { Shape, TypedArray } from "../kernels/types.ts";
import {
  bindingAlignment,
  ceilDivide,
  elementCount,
  formatShape,
  roundUp,
  sameShape,
} from "../kernels/types.ts";
import { clearGaps } from "../ops/clearGaps.ts";
import { segmentBlock, segmentLength } from "../ops/optimizer.ts";
import { pack } from "../ops/pack.ts";
import { ModelBuffer } from "./buffers.ts";
import type { Initializer } from "./initializers.ts";

/** Weights are decayed; biases and scales of normalisations are not, unless an optimizer is told so. */
export type ParameterKind = "weight" | "bias" | "scale";

/** A trained tensor: a named view of a model's flat parameters. */
export class Parameter {
  /** The path to the layer and the role there: `layer0.conv2d.weights`. */
  readonly name: string;
  readonly shape: Shape;
  readonly kind: ParameterKind;
  /** First element in the flat state, a multiple of 64. */
  readonly offset: number;
  #tensor: Tensor | undefined;

  constructor(name: string, shape: Shape, kind: ParameterKind, offset: number) {
    this.name = name;
    this.shape = shape;
    this.kind = kind;
    this.offset = offset;
  }

  /** Elements. */
  get length(): number {
    return elementCount(this.shape);
  }

  /** The same tensor at every call, so that a gradient with respect to it finds it. */
  get tensor(): Tensor {
    if (this.#tensor) return this.#tensor;
    throw new UsageError({ where: this.name, problem: "read before its model was built" });
  }

  /** Once all parameters are known, each gets its view. */
  bind(state: State): void {
    this.#tensor = stateTensor(state, this.shape, this.offset, this.name);
  }

  /** This parameter's elements of a flat array; shares its memory. */
  slice<Values extends TypedArray>(flat: Values): Values {
    return flat.subarray(this.offset, this.offset + this.length) as Values;
  }
}

/** All parameters of a model in one flat state, which lets one dispatch update them. */
export class ParameterSet {
  readonly state: State;
  readonly parameters: readonly Parameter[];
  /** What the model keeps besides, and no optimizer trains. */
  readonly buffers: readonly ModelBuffer[];
  /** Trained numbers, without the padding between parameters. */
  readonly count: number;
  readonly #copies: State[] = [];

  constructor(parameters: readonly Parameter[], initial: Float32Array, buffers: readonly ModelBuffer[] = []) {
    this.buffers = buffers;
    this.state = new State("parameters", { shape: [initial.length], dtype: "f32" }, initial);
    this.parameters = parameters;
    this.count = parameters.reduce((sum, parameter) => sum + parameter.length, 0);
    for (const parameter of parameters) parameter.bind(this.state);
  }

  /** Elements of the flat state, padding included. */
  get length(): number {
    return elementCount(this.state.type.shape);
  }

  get tensors(): Tensor[] {
    return this.parameters.map((parameter) => parameter.tensor);
  }

  /** Flat state of the parameters' layout, all zero: what an optimizer remembers of each. */
  companion(label: string): State {
    return new State(label, this.state.type, new Float32Array(this.length));
  }

  /**
   * Flat state of the parameters' layout that starts where they do: slow weights, averages. Whoever gives the parameters
   * other values before training gives them to `copies` too.
   */
  copy(label: string): State {
    const copy = new State(label, this.state.type, this.state.initial);
    this.#copies.push(copy);
    return copy;
  }

  /** States that `copy` made. */
  get copies(): readonly State[] {
    return this.#copies;
  }

  /**
   * Lays gradients out as the parameters are. What lies between them is unspecified: whatever sums over the whole wants
   * `packCleanly`.
   * @throws ShapeError where there is not one gradient of the same shape for each parameter
   */
  pack(gradients: readonly Tensor[]): Tensor {
    const where = "pack(gradients)";
    if (gradients.length !== this.parameters.length) {
      throw new ShapeError({
        where,
        problem: "there is not one gradient for each parameter",
        got: String(gradients.length),
        expected: `${this.parameters.length}, in the parameters' order`,
      });
    }
    this.parameters.forEach(({ name, shape }, index) => {
      const got = gradients[index]?.shape ?? [];
      if (sameShape(got, shape)) return;
      throw new ShapeError({
        where: `${where}, ${name}`,
        problem: "the gradient has not the parameter's shape",
        got: formatShape(got),
        expected: formatShape(shape),
      });
    });
    return pack(gradients, { offsets: this.parameters.map(({ offset }) => offset), length: this.length });
  }

  /** As `pack`, with zero between parameters; a dispatch more. @throws ShapeError as `pack` */
  packCleanly(gradients: readonly Tensor[]): Tensor {
    return this.clean(this.pack(gradients));
  }

  /** Flat values of this layout with zero between parameters. One dispatch. */
  clean(packed: Tensor): Tensor {
    const used = new Uint32Array(ceilDivide(this.length, segmentBlock));
    for (const { offset, length } of this.parameters) {
      const first = offset / segmentBlock;
      const last = Math.floor((offset + length - 1) / segmentBlock);
      used.fill(segmentBlock, first, last);
      used[last] = offset + length - segmentBlock * last;
    }
    return clearGaps(packed, constantTensor(used, { shape: [used.length], dtype: "u32" }));
  }

  /** For each block of 64 elements a multiplier of the learning rate and one of the weight decay. */
  segments(scale: (parameter: Parameter) => { learningRate: number; weightDecay: number }): Float32Array {
    const segments = new Float32Array(segmentLength(this.length));
    for (const parameter of this.parameters) {
      const { learningRate, weightDecay } = scale(parameter);
      const last = parameter.offset + parameter.length;
      for (let at = parameter.offset; at < last; at += segmentBlock) {
        segments.set([learningRate, weightDecay], 2 * (at / segmentBlock));
      }
    }
    return segments;
  }
}

/** Weights as a layer uses them: a parameter, or what is computed of several. */
export interface Weight {
  readonly tensor: Tensor;
  /** What is trained. */
  readonly parameters: readonly Tensor[];
}

/** Declares the parameters that weights are computed of. */
export type WeightMaker = (scope: Scope, name: string, shape: Shape, initializer: Initializer) => Weight;

const plainWeight: WeightMaker = (scope, name, shape, initializer) => {
  const parameter = scope.parameter(name, shape, "weight", initializer);
  return {
    get tensor() {
      return parameter.tensor;
    },
    get parameters() {
      return [parameter.tensor];
    },
  };
};

interface Pending {
  readonly parameter: Parameter;
  readonly initializer: Initializer;
}

/** What a model's layers put their parameters into while it is built. */
class Collection {
  readonly pending: Pending[] = [];
  readonly buffers: ModelBuffer[] = [];
  readonly names = new Set<string>();
  length = 0;
  streams = 0;
  /** Building failed: layers set up for it count as fresh. */
  abandoned = false;
}

/** Streams of random numbers that a model may have; each part of a batch draws from streams of its own. */
export const streamsOfAModel = 2 ** 16;

/** A place in a model: where a layer declares its parameters. */
export class Scope {
  readonly #collection: Collection;
  /** Of the layers around, such as `layer2`; empty at the top. */
  readonly path: string;
  readonly #makeWeight: WeightMaker;

  constructor(collection = new Collection(), path = "", makeWeight = plainWeight) {
    this.#collection = collection;
    this.path = path;
    this.#makeWeight = makeWeight;
  }

  /** The scope of a layer inside this one. */
  child(name: string): Scope {
    return new Scope(this.#collection, this.#join(name), this.#makeWeight);
  }

  /** The same place, where layers' weights are made in another way. */
  withWeights(makeWeight: WeightMaker): Scope {
    return new Scope(this.#collection, this.path, makeWeight);
  }

  /** How errors call a layer here: `dense(layer2)`. */
  label(layer: string): string {
    return this.path ? `${layer}(${this.path})` : layer;
  }

  /**
   * Declares a parameter; its `tensor` is there once the whole model is built.
   * @throws UsageError where the name is taken
   */
  parameter(name: string, shape: Shape, kind: ParameterKind, initializer: Initializer): Parameter {
    const { pending } = this.#collection;
    const path = this.#claim(name);
    const parameter = new Parameter(path, shape, kind, this.#collection.length);
    pending.push({ parameter, initializer });
    this.#collection.length += roundUp(parameter.length, bindingAlignment / 4);
    return parameter;
  }

  /** Declares weights, which `weightNorm` around the layer makes of other parameters. @throws UsageError as `parameter` */
  weight(name: string, shape: Shape, initializer: Initializer): Weight {
    return this.#makeWeight(this, name, shape, initializer);
  }

  /**
   * Declares a buffer: state that training steps change and no optimizer trains. Its initializer must draw nothing.
   * @throws UsageError where the name is taken
   */
  buffer(name: string, shape: Shape, initializer: Initializer): ModelBuffer {
    const initial = new Float32Array(elementCount(shape));
    initializer(initial, shape, new RandomStream(0, 0));
    const buffer = new ModelBuffer(this.#claim(name), shape, initial);
    this.#collection.buffers.push(buffer);
    return buffer;
  }

  /** A number that no other layer of the model has, for a stream of random numbers. */
  stream(): number {
    return this.#collection.streams++;
  }

  /** Whether both belong to one model, and that model was not given up. */
  sharesModelWith(other: Scope): boolean {
    return this.#collection === other.#collection;
  }

  get abandoned(): boolean {
    return this.#collection.abandoned;
  }

  /** Gives the model up: its layers may be set up again. */
  abandon(): void {
    this.#collection.abandoned = true;
  }

  /** Draws the initial values, each parameter from the stream of its number. */
  finish(seed: number | bigint): ParameterSet {
    const { pending, length, buffers } = this.#collection;
    const initial = new Float32Array(length);
    pending.forEach(({ parameter, initializer }, index) => {
      initializer(parameter.slice(initial), parameter.shape, new RandomStream(seed, index));
    });
    return new ParameterSet(
      pending.map(({ parameter }) => parameter),
      initial,
      buffers,
    );
  }

  /** The path of a name, which nothing else of the model may have. */
  #claim(name: string): string {
    const { names } = this.#collection;
    const path = this.#join(name);
    if (names.has(path)) throw new UsageError({ where: path, problem: "two parameters have this name" });
    names.add(path);
    return path;
  }

  #join(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }
}
