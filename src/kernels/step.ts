import { packParams } from "./pack.ts";
import { stepLayout } from "./shaders.ts";

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
  /** 1 / (1 − β₁ᵗ), where the optimizer corrects for starting at zero. */
  readonly biasCorrection1: number;
  /** 1 / (1 − β₂ᵗ). */
  readonly biasCorrection2: number;
}

export const firstStep: StepValues = {
  index: 0,
  row: 0,
  seedLow: 0,
  seedHigh: 0,
  batchStart: 0,
  learningRate: 0,
  biasCorrection1: 1,
  biasCorrection2: 1,
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
      bias_correction1: values.biasCorrection1,
      bias_correction2: values.biasCorrection2,
    },
    into,
    offset,
  );
}
