import type { Pass } from "../../graph/op.ts";

/** Drops what was recorded while tracing and feeds neither an output nor an update. */
export const deadCode: Pass = {
  name: "deadCode",
  run: (graph) => ({ ...graph, unread: [] }),
};
