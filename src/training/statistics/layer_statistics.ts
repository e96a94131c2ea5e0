/** What is measured of a gradient: of a parameter, or with respect to an intermediate tensor. */
export interface GradientStatistics {
  /** Σ |g| over the finite elements; so are all that follow but `nonFinite`. */
  readonly l1: number;
  /** √Σ g². */
  readonly l2: number;
  /** The largest magnitude. */
  readonly max: number;
  readonly mean: number;
  readonly meanMagnitude: number;
  /** Share of elements of magnitude below 1e-3. */
  readonly belowThousandth: number;
  /** Share of elements of magnitude below 1e-5. */
  readonly belowHundredThousandth: number;
  /** Elements that are infinite or NaN. */
  readonly nonFinite: number;
}

/** What one step, or one epoch on average, measured of one layer: a parameter's tensor, or an observed output. */
export interface LayerStatistics extends GradientStatistics {
  /** A parameter's name, `layer3.conv2d.weights`, or the path of an output, `layer4.relu`. */
  readonly layer: string;
  readonly kind: LayerKind;
  /** ‖Δθ‖ / ‖θ‖ of a parameter: 0 where θ is 0 before and after; null for what is no parameter. */
  readonly updateRatio: number | null;
  /** Share of an activation's units that were zero for every example of the epoch so far; null for what has none. */
  readonly deadShare: number | null;
  /** Share of a bounded activation's values within 1 % of its range of either bound; null for what has none. */
  readonly saturation: number | null;
}

/** An activation stands for any observed intermediate tensor. */
export type LayerKind = "parameter" | "activation";
