import { TableDataset } from "../../src/data/table_dataset.ts";
import { RandomStream } from "../../src/kernels/philox.ts";

/** Rows of three features; the target is 2·a − b + 3 and a little noise, far from 0 by `offset`. */
export function toyTable(count: number, { seed = 1, noise = 0.1, offset = 0 } = {}): TableDataset {
  const random = new RandomStream(seed);
  const features = random.fillNormal(new Float32Array(count * 3));
  const values = Float32Array.from({ length: count }, (_, row) => {
    const [a = 0, b = 0] = features.subarray(row * 3, row * 3 + 3);
    return 2 * a - b + 3 + offset + noise * random.normal();
  });
  return new TableDataset({
    name: "toy table",
    features,
    featureNames: ["a", "b", "c"],
    targets: { kind: "values", names: ["y"], values },
  });
}
