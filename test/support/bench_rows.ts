import type { BenchRow, Measured } from "../../src/benchmarks/result.ts";
import type { AdapterSummary } from "../../src/device/adapter.ts";

/** A row's figures, round ones. */
export const measured: Measured = {
  milliseconds: { min: 9, median: 10, max: 14 },
  gpuMilliseconds: null,
  readMilliseconds: null,
  gflops: 2,
  gigabytesPerSecond: 1,
  shareOfRoofline: 0.2,
  noise: 0.1,
  samples: 5,
  runsPerSample: 3,
  dispatches: 1,
  submits: 5,
};

export const row: BenchRow = {
  name: "matmul",
  case: "4×4×4",
  variant: "matmul/naive",
  measured,
  compileMilliseconds: 12,
  peakBytes: 1024,
  error: null,
};

/** An adapter that reports are made of. */
export const adapter: AdapterSummary = {
  vendor: "v",
  architecture: "a",
  device: "",
  description: "d",
  software: true,
  source: "gpu",
  subgroupMinSize: null,
};
