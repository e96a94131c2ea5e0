import type { Op } from "../../graph/op.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { Shape } from "../../kernels/types.ts";
import { elementCount } from "../../kernels/types.ts";
import type { ScanAttributes } from "../../ops/scan_attributes.ts";
import type { ScanOptions } from "../../ops/scans.ts";
import type { Case, Draw, Fill } from "../case.ts";
import { randomAxis } from "./reductions.ts";
import { need } from "./shapes.ts";

type Apply = (x: Tensor, options?: ScanOptions) => Tensor;

const scans: readonly (readonly [name: string, shape: Shape, options: ScanOptions])[] = [
  ["one element", [1], {}],
  ["a row", [7], {}],
  ["a row, exclusive", [7], { exclusive: true }],
  ["rows, backwards", [3, 9], { reverse: true }],
  ["rows, backwards and exclusive", [3, 9], { reverse: true, exclusive: true }],
  ["columns", [9, 6], { axis: 0 }],
  ["the middle, backwards and exclusive", [2, 5, 4], { axis: 1, reverse: true, exclusive: true }],
  ["rows of whole vectors, backwards", [67, 12], { reverse: true }],
  ["a tile", [2, 256], {}],
  ["a tile + 1", [2, 257], { exclusive: true }],
  ["tiles, backwards", [3, 1031], { reverse: true }],
];

const flags = [
  { reverse: false, exclusive: false },
  { reverse: true, exclusive: true },
];

const parts: readonly (readonly [shape: Shape, axis: number, part: number, starts: Shape])[] = [
  [[2, 45], 1, 11, [2, 5]],
  [[700], 0, 300, [3]],
  [[2, 44], 1, 12, [2, 4]],
  [[2, 21, 3], 1, 8, [2, 3, 3]],
];

/** Scans along rows and columns in both directions, and in parts that start anywhere. */
export function scanCases(op: Op<ScanAttributes>, scan: Apply, fill: Fill): Case[] {
  const whole = scans.map(([name, shape, options]) => scanCase(name, shape, (x) => scan(x, options), fill));
  const parted = parts.flatMap(([shape, axis, part, starts]) =>
    flags.map(
      (flag): Case => ({
        name: `parts of ${part} of [${shape.join(", ")}]${flag.reverse ? ", backwards and exclusive" : ""}`,
        inputs: [
          { shape, fill },
          { shape: starts, fill },
        ],
        build: (inputs) => apply(op, inputs, { axis, part, ...flag }),
        tolerance: { kind: "reduction", terms: part },
        gradient: "skip: not differentiable",
      }),
    ),
  );
  return [...whole, ...parted];
}

function scanCase(name: string, shape: Shape, build: (x: Tensor) => Tensor, fill: Fill): Case {
  const terms = elementCount(shape);
  return {
    name,
    inputs: [{ shape, fill }],
    build: ([x]) => build(need(x)),
    tolerance: { kind: "reduction", terms },
    ...(terms > 600 && { gradient: "skip: large" }),
  };
}

export function randomScan(draw: Draw, scan: Apply, fill: Fill): Case {
  const { shape, axis } = randomAxis(draw);
  const [reverse, exclusive] = [draw.integer(0, 1) === 1, draw.integer(0, 1) === 1];
  const name = `[${shape.join(", ")}] along ${axis}${reverse ? ", backwards" : ""}${exclusive ? ", exclusive" : ""}`;
  return scanCase(name, shape, (x) => scan(x, { axis, reverse, exclusive }), fill);
}
