import type { Shape } from "../../kernels/types.ts";
import type { CaseInput, Draw, Fill } from "../case.ts";
import { drawShape } from "./movement.ts";

/** Indices along an axis, and the size of what they index. */
export interface AlongAxis {
  readonly name: string;
  /** Of the indices. */
  readonly shape: Shape;
  readonly axis: number;
  readonly size: number;
  readonly fill?: Fill;
}

export const alongAxes: readonly AlongAxis[] = [
  { name: "one of one", shape: [1], axis: 0, size: 1 },
  { name: "one a row", shape: [5, 1], axis: 1, size: 10 },
  { name: "more than there are", shape: [3, 17], axis: 1, size: 4 },
  { name: "the middle of three", shape: [2, 5, 3], axis: 1, size: 7 },
  { name: "the first of two", shape: [4, 8], axis: 0, size: 3 },
  { name: "more than a workgroup", shape: [19, 33], axis: 1, size: 5 },
];

/** What they take in place of the size along the axis. */
export const indexedShape = ({ shape, axis, size }: AlongAxis): Shape =>
  shape.map((own, at) => (at === axis ? size : own));

export const indicesOf = ({ shape, size, fill }: AlongAxis): CaseInput => ({
  shape,
  dtype: "u32",
  fill: fill ?? { kind: "indices", below: size },
});

export function drawAlongAxis(draw: Draw): AlongAxis {
  const shape = drawShape(draw);
  const axis = draw.integer(0, shape.length - 1);
  const size = draw.integer(1, 9);
  return { name: `${shape} of ${size} along ${axis}`, shape, axis, size };
}
