import { relu } from "../nn/activations.ts";
import { conv2d } from "../nn/convolution.ts";
import { dense } from "../nn/dense.ts";
import { flatten } from "../nn/flatten.ts";
import type { Model, Module } from "../nn/module.ts";
import { maxPool2d } from "../nn/pooling.ts";
import { sequential } from "../nn/sequential.ts";

/** A layer as data, so that peers build the same network. */
export type LayerTask =
  | { readonly kind: "dense"; readonly units: number }
  /** 3 × 3, stride 1, padding `same`. */
  | { readonly kind: "conv2d"; readonly filters: number }
  /** Windows that do not overlap. */
  | { readonly kind: "maxPool2d"; readonly size: number }
  | { readonly kind: "relu" }
  | { readonly kind: "flatten" };

/** Dense layers with relu between them. */
export const mlpLayers = (sizes: readonly number[]): LayerTask[] =>
  sizes.flatMap((units, index): LayerTask[] =>
    index === 0 ? [{ kind: "dense", units }] : [{ kind: "relu" }, { kind: "dense", units }],
  );

/** Two convolutions, each with relu and pooling, then two dense layers. */
export const cnnLayers = (classes: number): LayerTask[] => [
  { kind: "conv2d", filters: 32 },
  { kind: "relu" },
  { kind: "maxPool2d", size: 2 },
  { kind: "conv2d", filters: 64 },
  { kind: "relu" },
  { kind: "maxPool2d", size: 2 },
  { kind: "flatten" },
  { kind: "dense", units: 128 },
  { kind: "relu" },
  { kind: "dense", units: classes },
];

export const modelOf = (layers: readonly LayerTask[]): Model => sequential(layers.map(moduleOf));

function moduleOf(layer: LayerTask): Module {
  switch (layer.kind) {
    case "dense":
      return dense(layer.units);
    case "conv2d":
      return conv2d({ filters: layer.filters, kernel: 3, padding: "same" });
    case "maxPool2d":
      return maxPool2d(layer.size);
    case "relu":
      return relu();
    case "flatten":
      return flatten();
    default:
      return layer satisfies never;
  }
}
