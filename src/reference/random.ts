import { philox } from "../kernels/philox.ts";
import type { StepValues } from "../kernels/step.ts";

/** A random u32 for each place: what random ops draw in a step. */
export function wordsOf(count: number, stream: number, step: StepValues): number[] {
  const key = [step.seedLow, step.seedHigh] as const;
  const blocks = Array.from({ length: Math.ceil(count / 4) }, (_, block) =>
    philox([block, step.index, stream, 2], key),
  );
  return blocks.flat().slice(0, count);
}
