import type { AdapterTraits } from "../device/traits.ts";
import type { Graph } from "../graph/graph.ts";
import { roots, sortedNodes } from "../graph/graph.ts";
import { hashText } from "../kernels/hash_text.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import { untuned } from "../kernels/tuning_table.ts";
import { formatType } from "../kernels/types.ts";
import { runPasses } from "./passes/index.ts";
import type { PassName } from "./passes/pass.ts";
import type { Plan } from "./plan.ts";
import { makePlan } from "./plan.ts";
import { workspaceOf } from "./routes.ts";

export interface PlanOptions {
  /** Passes to leave out. */
  readonly without?: readonly PassName[] | undefined;
  /** What was measured on the adapter; without it the untuned choice everywhere. */
  readonly tuning?: TuningTable | undefined;
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
  return makePlan(runPasses(graph, without, choices, workspaceOf(traits, workspaceBytes)), traits, choices);
}

/** What a verdict on a whole program is kept under: its ops with exact shapes, in order, and how they hang together. */
export function programKey(
  graph: Graph,
  without: readonly PassName[] = [],
  workspaceBytes?: number | undefined,
): string {
  const all = roots(graph);
  const nodes = sortedNodes(all);
  const numbers = new Map(nodes.map((node, index) => [node, index]));
  const lines = nodes.map(({ op, inputs, types }) => {
    const from = inputs.map(({ node, index }) => `${numbers.get(node)}.${index}`);
    return `${op.name}(${from.join()}): ${types.map(formatType).join()}`;
  });
  const ends = all.map(({ node, index }) => `${numbers.get(node)}.${index}`);
  const stated = workspaceBytes === undefined ? [] : [`workspace ${workspaceBytes}`];
  return hashText([...lines, ...ends, ...without, ...stated].join("\n"));
}
