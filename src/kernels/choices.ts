import type { KernelRequest } from "./kernel.ts";

/** Answers to what the planner and its passes have to choose. */
export interface Choices {
  /**
   * The name of the candidate that was measured to be best, or undefined: then the untuned rule decides.
   * @param subject an op's name for its kernel, or what else is chosen by its request
   * @param candidates names of all there are, in order; an answer of another list counts no more
   */
  pick(subject: string, request: KernelRequest, candidates: readonly string[]): string | undefined;
}

/** No answers: the untuned choice everywhere. */
export const untuned: Choices = { pick: () => undefined };
