import { inputTensor } from "../../graph/leaves.ts";
import type { Shape } from "../../kernels/types.ts";
import type { ResizeAttributes, ResizeOptions } from "../../ops/resizing.ts";
import { resizeAttributes } from "../../ops/resizing.ts";
import type { Draw } from "../case.ts";

/** A resize of an image, with the shapes of all that takes part. */
export interface Resize {
  readonly name: string;
  readonly image: Shape;
  readonly options: ResizeOptions;
  readonly attributes: ResizeAttributes;
  readonly resized: Shape;
}

function resize(name: string, image: Shape, options: ResizeOptions): Resize {
  const probe = inputTensor("image", { shape: image, dtype: "f32" });
  const attributes = resizeAttributes("resize", probe, options);
  const [batch = 1, , , channels = 1] = image;
  return { name, image, options, attributes, resized: [batch, ...attributes.size, channels] };
}

const alignCorners: ResizeOptions = { alignCorners: true };
const asymmetric: ResizeOptions = { halfPixelCenters: false };

/** Images that grow and shrink by whole and broken factors, by each rule of places, to and from one pixel. */
export const resizes: readonly Resize[] = [
  resize("one pixel", [1, 1, 1, 1], { size: 1 }),
  resize("twice", [2, 3, 4, 4], { scale: 2 }),
  resize("twice, 3 channels", [2, 3, 4, 3], { scale: 2 }),
  resize("half", [1, 6, 8, 4], { scale: 0.5 }),
  resize("a third, 5 channels", [1, 9, 7, 5], { scale: 1 / 3 }),
  resize("taller and narrower", [1, 5, 7, 4], { size: [8, 3] }),
  resize("three halves, rounded down", [1, 5, 3, 1], { scale: [1.5, 2.5] }),
  resize("the same size", [1, 3, 4, 4], { size: [3, 4] }),
  resize("to one pixel", [2, 5, 6, 4], { size: 1 }),
  resize("from one pixel", [2, 1, 1, 3], { size: [4, 3] }),
  resize("to a seventh", [1, 15, 14, 2], { size: 2 }),
  resize("to seven times", [1, 2, 3, 4], { scale: 7 }),
  resize("aligned corners, larger", [1, 4, 3, 4], { size: [7, 8], ...alignCorners }),
  resize("aligned corners, smaller", [1, 7, 8, 3], { size: [4, 3], ...alignCorners }),
  resize("aligned corners, halves between", [1, 2, 4, 4], { size: [3, 3], ...alignCorners }),
  resize("aligned corners, one pixel", [1, 4, 1, 4], { size: [1, 3], ...alignCorners }),
  resize("first places aligned, larger", [1, 3, 4, 4], { size: [7, 8], ...asymmetric }),
  resize("first places aligned, smaller", [2, 7, 8, 2], { size: [3, 4], ...asymmetric }),
  resize("many workgroups", [2, 9, 11, 12], { size: [19, 20] }),
];

/** Any image to any size by any rule. */
export function anyResize(draw: Draw): Resize {
  const image = [draw.integer(1, 3), draw.integer(1, 12), draw.integer(1, 12), draw.integer(1, 9)];
  const size = [draw.integer(1, 24), draw.integer(1, 24)] as const;
  return resize("any sizes", image, { size, ...draw.pick([{}, alignCorners, asymmetric]) });
}
