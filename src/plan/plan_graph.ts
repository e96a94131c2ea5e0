import type { AdapterTraits } from "../device/traits.ts";
import type { Graph } from "../graph/graph.ts";
import type { PassName } from "../graph/pass_names.ts";
import type { Choices } from "../kernels/choices.ts";
import { untuned } from "../kernels/choices.ts";
import { runPasses } from "./passes/index.ts";
import type { Plan } from "./plan.ts";
import { makePlan } from "./plan.ts";
import { programKey } from "./program_key.ts";
import { workspaceOf } from "./workspace.ts";

/** What was measured on an adapter, such as a `TuningTable`. */
export interface Answers {
  /** The answers that a program of this key goes by. */
  choicesFor(programKey: string): Choices;
}

export interface PlanOptions {
  /** Passes to leave out. */
  readonly without?: readonly PassName[] | undefined;
  /** What was measured on the adapter; without it the untuned choice everywhere. */
  readonly tuning?: Answers | undefined;
  /** Bytes that a tensor made on the way may take; the device's limit of a binding where less is not stated. */
  readonly workspaceBytes?: number | undefined;
}

/**
 * Rewrites and plans a graph as an engine does, with what tuning found for it.
 * @throws OutOfMemoryError where a tensor or the whole exceeds the device
 */
export function planGraph(
  graph: Graph,
  traits: AdapterTraits,
  { without, tuning, workspaceBytes }: PlanOptions = {},
): Plan {
  const choices = tuning?.choicesFor(programKey(graph, without, workspaceBytes)) ?? untuned;
  const room = { without, choices, workspaceBytes: workspaceOf(traits, workspaceBytes) };
  return makePlan(runPasses(graph, room), traits, choices);
}
