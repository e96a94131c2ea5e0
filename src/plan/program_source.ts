import type { Graph } from "../graph/graph.ts";
import type { PassName } from "../graph/pass_names.ts";

/** What a compiled step was made of. */
export interface ProgramSource {
  readonly graph: Graph;
  readonly without: readonly PassName[];
  readonly workspaceBytes?: number | undefined;
}
