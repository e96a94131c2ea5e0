import type { Update } from "../graph/graph.ts";
import { State, stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";

/** A tensor of a model that training steps change and no optimizer trains: a running mean. Checkpoints hold it. */
export class ModelBuffer {
  /** The path to the layer and the role there: `layer1.batchNorm.runningMean`. */
  readonly name: string;
  readonly shape: Shape;
  readonly state: State;

  constructor(name: string, shape: Shape, initial: Float32Array) {
    this.name = name;
    this.shape = shape;
    this.state = new State(name, { shape, dtype: "f32" }, initial);
  }

  /** What it holds as a step begins. */
  get tensor(): Tensor {
    return stateTensor(this.state, this.shape);
  }
}

/** Where the layers of one training step leave new values of their buffers, for the step's `updates`. */
export class BufferUpdates {
  readonly #values = new Map<State, Tensor>();

  /** A buffer's value at this place of the step: a layer that stands twice updates it twice. */
  current(buffer: ModelBuffer): Tensor {
    return this.#values.get(buffer.state) ?? buffer.tensor;
  }

  set(buffer: ModelBuffer, value: Tensor): void {
    this.#values.set(buffer.state, value);
  }

  /** The last value of each buffer that was set. */
  get updates(): Update[] {
    return [...this.#values].map(([state, value]) => ({ state, value }));
  }
}
