/**
 * The passes that a graph asks for, loaded when the first graph does: a page that never convolves never fetches Winograd's
 * transforms. A family names the ops that its passes look for, and has the passes for what those are rewritten to.
 */
import type { Graph } from "../../graph/graph.ts";
import { roots, sortedNodes } from "../../graph/graph.ts";
import type { Pass } from "./pass.ts";
import { usualPasses } from "./usual.ts";

interface Family {
  readonly ops: readonly string[];
  load(): Promise<readonly Pass[]>;
}

const otherReductions = async () => (await import("./split_other_reductions.ts")).splitOtherReductions;

const families: readonly Family[] = [
  { ops: ["powerSum", "squaredDeviations", "argmax", "argmin"], load: async () => [await otherReductions()] },
  {
    ops: ["conv2d", "conv2dInputGradient", "conv2dFilterGradient"],
    load: async () => [
      (await import("./winograd.ts")).winograd,
      (await import("./lower_convolution.ts")).lowerConvolution,
    ],
  },
  { ops: ["cumsum", "cumprod"], load: async () => [(await import("./split_scans.ts")).splitScans] },
  {
    ops: ["softmax", "logSoftmax"],
    load: async () => [await otherReductions(), (await import("./split_softmaxes.ts")).splitSoftmaxes],
  },
  {
    ops: ["maxPool2dGradient"],
    load: async () => [(await import("./mask_before_unpooling.ts")).maskBeforeUnpooling],
  },
  {
    ops: ["tensorStatistics"],
    load: async () => [(await import("./measure_before_unpooling.ts")).measureBeforeUnpooling],
  },
];

/** All that may change something about a graph: the rest would leave it as it is. */
export async function neededPasses(graph: Graph): Promise<readonly Pass[]> {
  const present = new Set(sortedNodes(roots(graph)).map(({ op }) => op.name));
  const asked = families.filter(({ ops }) => ops.some((name) => present.has(name)));
  const loaded = await Promise.all(asked.map((family) => family.load()));
  return [...new Set([...usualPasses, ...loaded.flat()])];
}
