/** How a run ended, or `running` where nothing says that it has. */
export const runStatuses = ["running", "done", "failed", "interrupted"] as const;

export type RunStatus = (typeof runStatuses)[number];

/** What JSON can carry. */
export type Fields = Readonly<Record<string, unknown>>;

/** What is known of a run when it begins. */
export interface RunBeginning {
  /** For people; several runs may have the same. */
  readonly name: string;
  readonly recipe?: string | undefined;
  readonly study?: string | undefined;
  readonly seed?: number | bigint | undefined;
  /** The command that repeats it. */
  readonly command?: string | undefined;
  /** Steps done before it, from a checkpoint. */
  readonly firstStep?: number | undefined;
  readonly plannedSteps?: number | undefined;
  /** Now by default. */
  readonly startedAt?: Date | undefined;
  /** Optimizer, schedule, batch size and all else that was chosen; values as JSON. */
  readonly config: Fields;
  /** The adapter's fields, versions; values as JSON. */
  readonly environment: Fields;
}

/** A training step. Where there is a number only for some steps, the others leave it out. */
export interface StepRow {
  /** Of the whole training, counted from 1. */
  readonly step: number;
  /** Counted from 1. */
  readonly epoch: number;
  /** Of its batch, before its update. */
  readonly loss: number;
  readonly accuracy?: number | null | undefined;
  readonly learningRate?: number | null | undefined;
  readonly milliseconds?: number | null | undefined;
}

/** An epoch, or the part of one that a run did. */
export interface EpochRow {
  /** Counted from 1. */
  readonly epoch: number;
  /** Steps of the whole training that are done. */
  readonly step: number;
  readonly loss?: number | null | undefined;
  readonly accuracy?: number | null | undefined;
  readonly validationLoss?: number | null | undefined;
  readonly validationAccuracy?: number | null | undefined;
  /** Others, values as JSON. */
  readonly metrics?: Fields | undefined;
  readonly milliseconds?: number | null | undefined;
}

/** Where layer statistics belong. */
export interface LayerPlace {
  readonly epoch: number;
  /** The last step that they cover. */
  readonly step: number;
  /** How many steps they are the mean of; 1 by default. Those of one epoch must not overlap. */
  readonly steps?: number | undefined;
}
