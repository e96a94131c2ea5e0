import type { Coordinates, ResizeAttributes } from "../ops/resizing.ts";

type Method = "nearest" | "bilinear";

/** An element of the image that an element of the result is made of. */
export interface Source {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Visits, for every element of the result, those of the image that have a share in it. */
export function eachSource(
  method: Method,
  { inputShape, size, coordinates }: ResizeAttributes,
  visit: (source: Source) => void,
): void {
  const [batch = 1, height = 1, width = 1, channels = 1] = inputShape;
  const rows = sharesAlong(method, coordinates, height, size[0]);
  const columns = sharesAlong(method, coordinates, width, size[1]);
  for (let item = 0; item < batch; item++) {
    for (const row of rows) {
      for (const column of columns) {
        const to = ((item * size[0] + row.to) * size[1] + column.to) * channels;
        const from = ((item * height + row.from) * width + column.from) * channels;
        for (let channel = 0; channel < channels; channel++) {
          visit({ from: from + channel, to: to + channel, weight: row.weight * column.weight });
        }
      }
    }
  }
}

/** Along one axis: which places a place is made of. */
function sharesAlong(method: Method, coordinates: Coordinates, size: number, resized: number): Source[] {
  return Array.from({ length: resized }, (_, to) => {
    const place = Math.min(size - 1, Math.max(0, placeOf(method, coordinates, to, size, resized)));
    const from = Math.floor(place);
    if (method === "nearest" || place === from) return [{ from, to, weight: 1 }];
    return [
      { from, to, weight: 1 - (place - from) },
      { from: from + 1, to, weight: place - from },
    ];
  }).flat();
}

/** Where a place of the result lies among those of the image; nearest rounds down what this gives. */
function placeOf(
  method: Method,
  coordinates: Coordinates,
  to: number,
  size: number,
  resized: number,
): number {
  switch (coordinates) {
    case "halfPixel": {
      const edge = ((to + 0.5) * size) / resized;
      return method === "nearest" ? Math.floor(edge) : edge - 0.5;
    }
    case "alignCorners": {
      const place = resized > 1 ? (to * (size - 1)) / (resized - 1) : 0;
      return method === "nearest" ? Math.round(place) : place;
    }
    case "asymmetric":
      return (to * size) / resized;
    default:
      return coordinates satisfies never;
  }
}
