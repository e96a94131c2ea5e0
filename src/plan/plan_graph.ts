import type { AdapterTraits } from "../device/traits.ts";
import type { Graph } from "../graph/graph.ts";
import { allPasses } from "./passes/index.ts";
import type { Plan } from "./plan.ts";
import type { PlanOptions } from "./plan_with.ts";
import { planWith } from "./plan_with.ts";

export type { PlanOptions } from "./plan_with.ts";

/** Plans a graph as an engine does, at once: with all passes, needed or not. @throws OutOfMemoryError as `planWith` */
export const planGraph = (graph: Graph, traits: AdapterTraits, options: PlanOptions = {}): Plan =>
  planWith(allPasses, graph, traits, options);
