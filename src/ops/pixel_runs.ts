import type { AdapterTraits } from "../device/traits.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";

/**
 * `RUN` of kernels over images of whole vectors: vectors of a pixel that one invocation does. Software adapters pay for
 * each invocation and for finding its place; on a GPU neighbours should read side by side. Runs of 16 gain little more.
 */
export const pixelRuns = [8, 1] as const;

export type PixelRun = (typeof pixelRuns)[number];

export const pixelRunSuits = (run: PixelRun, { software }: AdapterTraits): boolean =>
  software === (run !== 1);

/** One invocation for each run of each pixel of the output. */
export const pixelRunGroups =
  (run: PixelRun) =>
  ({ outputs }: KernelRequest<never>): number => {
    const shape = outputs[0]?.shape ?? [];
    const channels = sizeAt(shape, 3);
    return ceilDivide((elementCount(shape) / channels) * ceilDivide(channels / 4, run), 64);
  };
