import type { StoredLayer } from "../training/node/run_queries.ts";
import { layerNorms } from "../training/statistics/norm_ratios.ts";

/** The gradient norm of a whole layer: of its weights and biases together, or of an activation. */
export interface StepNorm {
  readonly layer: string;
  /** In the network's order, counted from 0. */
  readonly position: number;
  /** The last step, and how many it is the mean of. */
  readonly step: number;
  readonly steps: number;
  /** Infinite where an element is not finite. */
  readonly norm: number;
}

/** Norms of whole layers, step by step. */
export function stepNorms(layers: readonly StoredLayer[]): StepNorm[] {
  const bySteps = new Map<number, StoredLayer[]>();
  for (const row of layers) {
    const rows = bySteps.get(row.step);
    if (rows) rows.push(row);
    else bySteps.set(row.step, [row]);
  }
  return [...bySteps].flatMap(([step, rows]) =>
    layerNorms(rows).map(({ layer, l2, nonFinite }, position) => {
      const norm = nonFinite > 0 ? Number.POSITIVE_INFINITY : l2;
      return { layer, position, step, steps: rows[0]?.steps ?? 1, norm };
    }),
  );
}

/** Layers as they follow each other. */
export function namesInOrder(
  layers: readonly { readonly layer: string; readonly position: number }[],
): string[] {
  const positions = new Map(layers.map(({ layer, position }) => [layer, position]));
  return [...positions].sort(([, one], [, other]) => one - other).map(([layer]) => layer);
}
