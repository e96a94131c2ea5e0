import type { RecipeSettings } from "../index.browser.ts";

/** A training as data: what the controls show, what a shared address carries, what a stored run was made from. */
export interface Experiment {
  readonly data: DataChoice;
  readonly layers: readonly LayerChoice[];
  /** The activation is that of every activation layer. */
  readonly settings: RecipeSettings;
  readonly seed: number;
}

/** A bundled dataset, or the visitor's own by the name that it was dropped under. */
export type DataChoice =
  | { readonly kind: "bundled"; readonly name: BundledDataset }
  | { readonly kind: "own"; readonly name: string };

export type BundledDataset = "mnist" | "fashion-mnist";

/** A layer of the editor; the output layer, as wide as there are classes, is added by itself. */
export type LayerChoice =
  | { readonly kind: "conv2d"; readonly filters: number; readonly kernel: number; readonly stride: number }
  | { readonly kind: "dense"; readonly units: number }
  | { readonly kind: "activation" }
  | { readonly kind: "maxPool2d"; readonly size: number }
  | { readonly kind: "averagePool2d"; readonly size: number }
  | { readonly kind: "batchNorm" }
  | { readonly kind: "layerNorm" }
  | { readonly kind: "dropout"; readonly rate: number }
  | { readonly kind: "flatten" };

export type LayerKind = LayerChoice["kind"];
