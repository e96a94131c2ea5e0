import type { GradientStatistics, LayerStatistics } from "./layer_statistics.ts";

/** What the ratio of two neighbouring layers' gradient norms says of the upper one. */
export type GradientClass = "stable" | "vanishing" | "exploding" | "infinite";

/** Bounds between classes. */
export interface ClassThresholds {
  /** A ratio of at most this is vanishing. */
  readonly vanishing: number;
  /** A ratio above this is exploding. */
  readonly exploding: number;
}

/**
 * Ntambwe 2025, "Vanishing Gradients in an Artificial Deep Neural Network": Table 6 calls ratios of at most 1e-3 vanishing
 * and those above 5 exploding, and section 5.3.1 names 13 to 23 so.
 */
export const tableThresholds: ClassThresholds = { vanishing: 1e-3, exploding: 5 };

/** The lines of its figures, in section 5.1.1: from 1e-3 to 1e3. */
export const figureThresholds: ClassThresholds = { vanishing: 1e-3, exploding: 1e3 };

/** One layer against the one before it. */
export interface NormRatio {
  readonly layer: string;
  readonly previous: string;
  /** ‖∇ of this layer‖₂ / ‖∇ of the one before‖₂; infinite where that is 0 or a gradient of either is not finite. */
  readonly ratio: number;
  readonly class: GradientClass;
}

/** A layer's gradient norm: of all its parameters together, or of an activation. */
export interface LayerNorm {
  readonly layer: string;
  readonly l2: number;
  readonly nonFinite: number;
}

/**
 * Norms of whole layers, trainable ones and activations, in order: `layer0.conv2d` of its weights and its bias,
 * √(‖∇W‖² + ‖∇b‖²).
 */
export function layerNorms(statistics: readonly LayerStatistics[]): LayerNorm[] {
  const norms = new Map<string, Pick<GradientStatistics, "l2" | "nonFinite">>();
  for (const { layer: name, kind, l2, nonFinite } of statistics) {
    const layer = kind === "parameter" ? name.replace(/\.[^.]*$/, "") : name;
    const known = norms.get(layer) ?? { l2: 0, nonFinite: 0 };
    norms.set(layer, { l2: Math.hypot(known.l2, l2), nonFinite: known.nonFinite + nonFinite });
  }
  return [...norms].map(([layer, norm]) => ({ layer, ...norm }));
}

/**
 * Ratios between neighbouring layers, of one step or of an epoch's averages: each layer's norm through that of the layer
 * before (Figure 9 there: layer 2's average norm over layer 1's). One fewer than there are layers.
 */
export function normRatios(
  norms: readonly LayerNorm[],
  thresholds: ClassThresholds = tableThresholds,
): NormRatio[] {
  return norms.slice(1).flatMap((upper, index) => {
    const lower = norms[index];
    if (!lower) return [];
    const finite = lower.l2 > 0 && upper.nonFinite === 0 && lower.nonFinite === 0;
    const ratio = finite ? upper.l2 / lower.l2 : Number.POSITIVE_INFINITY;
    const { layer } = upper;
    return [{ layer, previous: lower.layer, ratio, class: classOf(ratio, thresholds) }];
  });
}

/** The class of a ratio. 0 is vanishing; what is not finite is infinite. */
export function classOf(ratio: number, { vanishing, exploding } = tableThresholds): GradientClass {
  if (!Number.isFinite(ratio)) return "infinite";
  if (ratio <= vanishing) return "vanishing";
  return ratio > exploding ? "exploding" : "stable";
}

/** A layer of an epoch with its ratio to the layer before, as a run's records keep it. */
export interface EpochClass extends NormRatio {
  readonly epoch: number;
}

/** Classes of every layer and epoch. */
export function epochClasses(
  epochs: readonly { readonly epoch: number; readonly layers: readonly LayerStatistics[] }[],
  thresholds: ClassThresholds = tableThresholds,
): EpochClass[] {
  return epochs.flatMap(({ epoch, layers }) =>
    normRatios(layerNorms(layers), thresholds).map((ratio) => ({ epoch, ...ratio })),
  );
}
