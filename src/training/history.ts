import type { Update } from "../graph/graph.ts";
import { State, stateTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { TypedArray } from "../kernels/types.ts";
import { record } from "../ops/record.ts";

/** Values that the steps of a submit leave on the device, a row a step, read by the host together. */
export class History<Column extends string> {
  readonly #columns: readonly Column[];
  readonly #state: State;

  /** @param rows the most steps of a submit */
  constructor(label: string, columns: readonly Column[], rows: number) {
    const length = rows * columns.length;
    this.#columns = columns;
    this.#state = new State(label, { shape: [length], dtype: "f32" }, new Float32Array(length));
  }

  /** Has a step record a scalar in each column. */
  record(values: Readonly<Record<Column, Tensor>>): Update {
    const scalars = this.#columns.map((name) => values[name]);
    return { state: this.#state, value: record(scalars, stateTensor(this.#state)) };
  }

  /** What the first `rows` steps of the last submit recorded. */
  async read(engine: StateReader, rows: number): Promise<Record<Column, Float32Array>> {
    const table = await engine.readState(this.#state);
    const width = this.#columns.length;
    const column = (at: number) =>
      Float32Array.from({ length: rows }, (_, row) => table[row * width + at] ?? 0);
    const entries = this.#columns.map((name, at) => [name, column(at)] as const);
    return Object.fromEntries(entries) as Record<Column, Float32Array>;
  }
}

export interface StateReader {
  readState(state: State): Promise<TypedArray>;
}
