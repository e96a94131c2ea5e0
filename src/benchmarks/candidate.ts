import type { Device } from "../device/device.ts";
import type { Cost } from "../kernels/kernel.ts";
import type { StepValues } from "../kernels/step.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import type { Step } from "../plan/engine.ts";
import type { TuneOptions, TuneReport } from "../plan/tuning/tune_program.ts";
import type { Comparison } from "./peer.ts";

/** What names a row, and finds it again in a stored run. */
export interface RowName {
  /** An op, or `step/…`. */
  readonly name: string;
  /** Sizes. */
  readonly case: string;
  /** The kernels that do it. */
  readonly variant: string;
}

/** Something that can be timed, before anything is compiled. */
export interface Candidate extends RowName {
  /** Compiles it, with what tuning found; untuned without. */
  prepare(device: Device, tuning?: TuningTable): Promise<Subject>;
}

/** Something compiled. */
export interface Subject {
  readonly step: Step;
  /** Of one run, a part for each thing that waits for the one before. */
  readonly work: readonly Cost[];
  readonly compileMilliseconds: number;
  /** The output that a training loop would read at each step, where it is one. */
  readonly readout?: string;
  /** Where peers can be asked to do the same; its check may be used once ours has passed. */
  readonly comparison?: Comparison;
  /** Per-step values of runs in one submit. */
  rows(count: number): StepValues[];
  /** Runs it; what is wrong with the result, or null. */
  check(): Promise<string | null>;
  /** Adds to the table what is fastest here, and goes on with it. */
  tune(options: TuneOptions): Promise<TuneReport>;
  /** Frees its memory. */
  release(): void;
}
