import type { AdapterTraits } from "../device/traits.ts";
import { ceilDivide } from "../kernels/types.ts";

/**
 * `RUN` of `elementwise/map`: consecutive vectors of one invocation. Software adapters pay for each invocation; on a GPU
 * neighbours should read side by side. Optimizers have too much to compute for runs to pay.
 */
export const runs = [4, 1] as const;

export type Run = (typeof runs)[number];

/** Fewer vectors than this are too few to go round in runs. */
const enoughVectors = 4096;

/** Only whole runs: guards would cost what runs save. */
export const runAccepts = (run: Run, vectors: number): boolean => vectors % run === 0;

/** Whether a run that accepts is worth it here. */
export const runSuits = (run: Run, vectors: number, { software }: AdapterTraits): boolean =>
  run === 1 || (software && vectors >= enoughVectors);

/** Workgroups of 64 for vectors in runs. */
export const runGroups = (run: Run, vectors: number): number => ceilDivide(vectors, 64 * run);
