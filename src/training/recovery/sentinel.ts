import type { Update } from "../../graph/graph.ts";
import { constantTensor, State, stateTensor } from "../../graph/leaves.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { ceilDivide, elementCount } from "../../kernels/types.ts";
import type { ParameterSet } from "../../nn/parameters.ts";
import { flagBlock, flaggedTensors, flagNonFinite } from "../../ops/flagNonFinite.ts";
import { reshape } from "../../ops/reshape.ts";
import type { StateReader } from "../history.ts";

/**
 * Watches all that a training step overwrites: parameters, what the optimizer remembers, buffers. A row of flags a step,
 * which stay zero as long as all is finite.
 */
export class Sentinel {
  readonly #flags: State;
  /** What it watches. */
  readonly states = new Set<State>();

  /** @param rows the most steps of a submit */
  constructor(rows: number) {
    this.#flags = new State("sentinel", { shape: [rows], dtype: "u32" }, new Uint32Array(rows));
  }

  /** Has a step check the new values of state: one dispatch for four tensors of a length. */
  record(updates: readonly Update[], parameters: ParameterSet): Update {
    const byLength = new Map<number, Tensor[]>();
    for (const { state, value } of updates) {
      const length = elementCount(value.shape);
      if (value.dtype !== "f32" || length === 0) continue;
      this.states.add(state);
      byLength.set(length, [...(byLength.get(length) ?? []), flat(value, length)]);
    }
    let flags = stateTensor(this.#flags);
    for (const [length, tensors] of byLength) {
      const valid = validConstant(parameters, length);
      for (let at = 0; at < tensors.length; at += flaggedTensors)
        flags = flagNonFinite(tensors.slice(at, at + flaggedTensors), valid, flags);
    }
    return { state: this.#flags, value: flags };
  }

  /** For each of the last submit's first steps, whether all that it wrote is finite. */
  async read(engine: StateReader, rows: number): Promise<boolean[]> {
    const flags = await engine.readState(this.#flags);
    return Array.from({ length: rows }, (_, row) => flags[row] === 0);
  }
}

function flat(value: Tensor, length: number): Tensor {
  return value.shape.length === 1 ? value : reshape(value, [length]);
}

/** How many elements of each block of 64 count in a tensor of this length: in those of the parameters' layout, no gaps. */
export function validConstant(parameters: ParameterSet, length: number): Tensor {
  const valid = Uint32Array.from({ length: ceilDivide(length, flagBlock) }, (_, block) =>
    Math.min(flagBlock, length - flagBlock * block),
  );
  if (length % parameters.length === 0) {
    for (let start = 0; start < length; start += parameters.length)
      for (const { offset, length: own } of parameters.parameters) {
        const blocks = ceilDivide(own, flagBlock);
        const last = (start + offset) / flagBlock + blocks - 1;
        valid[last] = own - flagBlock * (blocks - 1);
      }
  }
  return constantTensor(valid, { shape: [valid.length], dtype: "u32" });
}
