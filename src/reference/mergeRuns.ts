import type { MergeRunsAttributes } from "../ops/mergeRuns.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

/** Sorts what is to be merged: JavaScript's sort is stable. */
export const reference: Reference<MergeRunsAttributes> = (inputs, { run, ways }) => {
  const keys = input(inputs, 0).data;
  const positions = inputs[1]?.data ?? keys.map((_, index) => index);
  const pairs = Array.from(keys, (key, index) => ({ key, position: at(positions, index) }));
  const length = run * ways;
  const sorted = Array.from({ length: Math.ceil(pairs.length / length) }, (_, block) =>
    pairs.slice(block * length, (block + 1) * length).sort((a, b) => a.key - b.key),
  ).flat();
  return [Uint32Array.from(sorted, ({ key }) => key), Uint32Array.from(sorted, ({ position }) => position)];
};
