import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

interface Attributes {
  readonly interpolation: "bilinear" | "nearest";
  readonly fill: "zero" | "border";
  readonly height: number;
  readonly width: number;
}

export const reference: Reference<Attributes> = (inputs, { interpolation, fill, height, width }) => {
  const { data, shape } = input(inputs, 0);
  const matrices = input(inputs, 1).data;
  const [batch = 0, h = 0, w = 0, channels = 0] = shape;

  const pixel = (image: number, row: number, column: number, channel: number): number => {
    const inside = row >= 0 && row < h && column >= 0 && column < w;
    if (!inside && fill === "zero") return 0;
    const [r, c] = [Math.min(Math.max(row, 0), h - 1), Math.min(Math.max(column, 0), w - 1)];
    return at(data, ((image * h + r) * w + c) * channels + channel);
  };
  const blended = (image: number, row: number, column: number, channel: number): number => {
    let sum = 0;
    for (const r of [Math.floor(row), Math.floor(row) + 1]) {
      for (const c of [Math.floor(column), Math.floor(column) + 1]) {
        const weight = (1 - Math.abs(row - r)) * (1 - Math.abs(column - c));
        if (weight > 0) sum += weight * pixel(image, r, c, channel);
      }
    }
    return sum;
  };

  const out: number[] = [];
  for (let image = 0; image < batch; image++) {
    const m = (place: number): number => at(matrices, image * 6 + place);
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const [y, x] = [i - (height - 1) / 2, j - (width - 1) / 2];
        const row = m(0) * y + m(1) * x + m(2) + (h - 1) / 2;
        const column = m(3) * y + m(4) * x + m(5) + (w - 1) / 2;
        for (let channel = 0; channel < channels; channel++) {
          const near = interpolation === "nearest";
          out.push(
            near
              ? pixel(image, Math.floor(row + 0.5), Math.floor(column + 0.5), channel)
              : blended(image, row, column, channel),
          );
        }
      }
    }
  }
  return [Float64Array.from(out)];
};
