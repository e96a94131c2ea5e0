import { ImageDataset } from "../../src/data/dataset.ts";
import { RandomStream } from "../../src/kernels/philox.ts";

/** Noisy images of 6×5 with one bright quadrant, which is the class: a small net tells them apart in a few steps. */
export function toyImages(count: number, seed = 1, name = "toy"): ImageDataset {
  const [height, width] = [6, 5];
  const random = new RandomStream(seed);
  const labels = Uint8Array.from({ length: count }, () => random.below(4));
  const images = new Uint8Array(count * height * width);
  for (let at = 0; at < images.length; at++) {
    const image = Math.floor(at / (height * width));
    const row = Math.floor(at / width) % height;
    const quadrant = (row < height / 2 ? 0 : 2) + (at % width < width / 2 ? 0 : 1);
    images[at] = random.below(120) + (quadrant === labels[image] ? 90 : 0);
  }
  return new ImageDataset({
    name,
    images,
    labels,
    shape: [height, width, 1],
    classes: ["upper left", "upper right", "lower left", "lower right"],
    normalisation: { mean: 0.3, standardDeviation: 0.2 },
  });
}
