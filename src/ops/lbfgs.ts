import { ceilDivide } from "../kernels/types.ts";

/** What the ops of L-BFGS agree on. */
export interface LbfgsAttributes {
  /** Pairs that the history has room for, one more than it keeps: the next is put together in the last. */
  readonly slots: number;
}

/** Trial points along the direction. */
export interface LineSearchAttributes extends LbfgsAttributes {
  readonly count: number;
  /** Each trial's length to the one before it. */
  readonly shrink: number;
}

/** Elements of the history: every s, then every y, each of the flat parameters' length. */
export const historyLength = (slots: number, length: number): number => 2 * slots * length;

/** Vectors that a direction is a combination of: every s, every y, and g. */
export const basisSize = (slots: number): number => 2 * slots + 1;

/**
 * Products of the history's vectors among each other. Four numbers are to spare, so that it is never as long as a flat buffer, whole
 * blocks of 64: checkpoints tell by that what is laid out as parameters are.
 */
export const gramLength = (slots: number): number => 4 * slots * slots + 4;

/** Coefficients of the basis, g · d, the first trial's length, the place of this step's y, and of the next s. */
export const coefficientCount = (slots: number): number => basisSize(slots) + 4;

/** Whether there was a step, pairs held, the newest pair's place, the reach of the line search. */
export const controlLength = 4;

/** Whether the line search found a trial, its length, its loss, its number. */
export const outcomeLength = 4;

/** Lanes that a product of flat vectors is summed in: more for longer ones, up to 1024. */
export const dotLanes = (length: number): number => 64 * Math.min(16, ceilDivide(length, 4096));
