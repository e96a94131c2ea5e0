import { ShapeError } from "../device/errors.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";
import type { Engine, Step } from "../plan/engine.ts";
import type { TrainedModel } from "./inference.ts";

export interface Prediction {
  /** The model's outputs, row-major. */
  readonly outputs: Float32Array;
  /** [count, ...the model's output shape]. */
  readonly shape: Shape;
  /** For each example, where its largest output stands: its class. */
  readonly classes: Uint32Array;
}

/** Runs a model on values of the host. */
export class Predictor {
  readonly #engine: Engine;
  readonly #trained: TrainedModel;
  readonly #steps = new Map<number, Promise<Step<"x">>>();

  constructor(engine: Engine, trained: TrainedModel) {
    this.#engine = engine;
    this.#trained = trained;
  }

  /**
   * @param values whole examples of the model's input shape, one after the other, normalised as in training
   * @param batchSize most examples a step
   * @throws ShapeError where the values are no whole number of examples
   */
  async predict(values: Float32Array, batchSize: number): Promise<Prediction> {
    const { inputShape, outputShape } = this.#trained.model;
    const size = elementCount(inputShape);
    const width = elementCount(outputShape);
    const count = values.length / size;
    if (!Number.isInteger(count)) {
      const got = `${values.length} values`;
      const expected = `a multiple of ${size}, for [${inputShape.join(", ")}]`;
      throw new ShapeError({ where: "predict", problem: "the values are no whole examples", got, expected });
    }
    const outputs = new Float32Array(count * width);
    for (let first = 0; first < count; ) {
      const batch = Math.min(batchSize, 2 ** Math.ceil(Math.log2(count - first)));
      const step = await this.#stepFor(batch);
      const x = new Float32Array(batch * size);
      const taken = values.subarray(first * size, (first + batch) * size);
      x.set(taken);
      const { prediction } = await step.run({ x });
      const rows = taken.length / size;
      outputs.set((prediction ?? new Float32Array()).subarray(0, rows * width), first * width);
      first += rows;
    }
    return { outputs, shape: [count, ...outputShape], classes: largest(outputs, count, width) };
  }

  /** Batch sizes are powers of two or the largest wanted, so that there are few. */
  #stepFor(batch: number): Promise<Step<"x">> {
    const step =
      this.#steps.get(batch) ??
      this.#engine.compile(({ x }) => ({ prediction: this.#trained.forward(x) }), {
        x: { shape: [batch, ...this.#trained.model.inputShape], dtype: "f32" },
      });
    this.#steps.set(batch, step);
    // What failed once, with its device perhaps, is tried anew.
    step.catch(() => this.#steps.delete(batch));
    return step;
  }
}

function largest(outputs: Float32Array, count: number, width: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => {
    const values = outputs.subarray(row * width, (row + 1) * width);
    return values.reduce((best, value, at) => (value > (values[best] ?? 0) ? at : best), 0);
  });
}
