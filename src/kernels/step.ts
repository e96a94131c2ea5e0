import { stepLayout } from "./generated/step.ts";
import { packParams } from "./pack.ts";

/** What changes from step to step: the fields of `shaders/lib/step.wgsl`, in its order. */
export interface StepValues {
  /** Steps done before this one. */
  readonly index: number;
  /** The step's place in its submit: where metrics are recorded. */
  readonly row: number;
  /** A 64-bit seed as two words. */
  readonly seedLow: number;
  readonly seedHigh: number;
  /** First position of the batch in the permutation. */
  readonly batchStart: number;
  readonly learningRate: number;
  /** What the optimizer computes in f64 for each step, such as Adam's 1 / (1 − β₁ᵗ): its op says what each is. */
  readonly coefficient1: number;
  readonly coefficient2: number;
  readonly coefficient3: number;
  readonly coefficient4: number;
}

export const firstStep: StepValues = {
  index: 0,
  row: 0,
  seedLow: 0,
  seedHigh: 0,
  batchStart: 0,
  learningRate: 0,
  coefficient1: 1,
  coefficient2: 1,
  coefficient3: 1,
  coefficient4: 1,
};

/** Writes one row of the step uniform. */
export function packStep(values: StepValues, into: DataView, offset: number): void {
  packParams(
    "step",
    stepLayout,
    {
      index: values.index,
      row: values.row,
      seed_low: values.seedLow,
      seed_high: values.seedHigh,
      batch_start: values.batchStart,
      learning_rate: values.learningRate,
      coefficient1: values.coefficient1,
      coefficient2: values.coefficient2,
      coefficient3: values.coefficient3,
      coefficient4: values.coefficient4,
    },
    into,
    offset,
  );
}
