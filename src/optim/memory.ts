import type { State } from "../graph/leaves.ts";
import { constantTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import { segmentBlock } from "../ops/optimizer.ts";

/** What is remembered of a model: made when it is first asked for, always the same for one model. */
export function rememberedOf<Memory>(
  make: (parameters: ParameterSet) => Memory,
): (parameters: ParameterSet) => Memory {
  const known = new WeakMap<ParameterSet, Memory>();
  return (parameters) => {
    const memory = known.get(parameters) ?? make(parameters);
    known.set(parameters, memory);
    return memory;
  };
}

/** States by name, each zero at first. */
export const momentsOf = (optimizer: string, names: readonly string[]) =>
  rememberedOf(
    (parameters): ReadonlyMap<string, State> =>
      new Map(names.map((name) => [name, parameters.companion(`${optimizer}.${name}`)])),
  );

/** Which parameter each block of 64 elements belongs to: u32, [blocks]. */
export function blockOwners(parameters: ParameterSet): Tensor {
  const starts = firstBlocks(parameters);
  const owners = new Uint32Array(starts.at(-1) ?? 0);
  parameters.parameters.forEach((_, index) => {
    owners.fill(index, starts[index], starts[index + 1]);
  });
  return constantTensor(owners, { shape: [owners.length], dtype: "u32" });
}

/** Where each parameter's blocks of 64 elements begin, and the last one's end: u32, [parameters + 1], as `segmentSums` takes them. */
export function blockStarts(parameters: ParameterSet): Tensor {
  const starts = firstBlocks(parameters);
  return constantTensor(starts, { shape: [starts.length], dtype: "u32" });
}

function firstBlocks({ parameters, length }: ParameterSet): Uint32Array<ArrayBuffer> {
  return Uint32Array.from([...parameters.map(({ offset }) => offset), length], (at) => at / segmentBlock);
}
