import type { Shape } from "../kernels/types.ts";
import { momentPartsOp } from "../ops/momentParts.ts";
import { partsFor } from "../ops/normalisation.ts";
import { normaliseOp } from "../ops/normalise.ts";
import { normaliseGradientOp } from "../ops/normaliseGradient.ts";
import { normaliseRowsOp } from "../ops/normaliseRows.ts";
import { normaliseRowsGradientOp } from "../ops/normaliseRowsGradient.ts";
import { normaliseSumsOp } from "../ops/normaliseSums.ts";
import type { CaseInput, KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

const epsilon = 1e-5;

/** A batch norm of x[batch, space, channels] (batch = 1), an instance or a group norm, forward and backward. */
function columnCases(name: string, shape: Shape, groups: number): KernelCase[] {
  const [batch = 1, , channels = 1] = shape;
  const x = { shape, axes: "bsc" };
  const mean = { shape: [batch, 2, channels], axes: "bkc" };
  const one = { shape: [batch, 1, channels], axes: "boc" };
  const inverse: CaseInput = { ...one, values: "positive" };
  const vector = { shape: [channels], axes: "c" };
  const parts = partsFor(shape);
  const statistics = { over: "columns", epsilon, groups } as const;
  return [
    kernelCase(momentPartsOp, () => ({ parts }), {
      case: name,
      inputs: [x],
      outputAxes: ["bpkc"],
    }),
    kernelCase(normaliseOp, () => ({ groups, epsilon }), {
      case: name,
      inputs: [x, mean, inverse, vector, vector],
      outputAxes: ["bsc"],
    }),
    kernelCase(normaliseSumsOp, () => ({ statistics, parts }), {
      case: name,
      inputs: [x, x, mean, inverse],
      outputAxes: ["bpc", "bpc"],
    }),
    kernelCase(normaliseGradientOp, () => ({ groups, epsilon }), {
      case: name,
      inputs: [x, x, mean, inverse, one, one, vector],
      outputAxes: ["bsc"],
    }),
  ];
}

/** A layer norm, forward and backward, and the sums that its scale and bias get. */
function rowCases(rows: number, columns: number, centred: boolean): KernelCase[] {
  const name = `${centred ? "" : "root mean square, "}${rows}×${columns}`;
  const x = { shape: [rows, columns], axes: "rc" };
  const item = { shape: [1, rows, columns], axes: "orc" };
  const mean = { shape: [rows, 2], axes: "rk" };
  const inverse: CaseInput = { shape: [rows], axes: "r", values: "positive" };
  const vector = { shape: [columns], axes: "c" };
  const parts = partsFor(item.shape);
  const forward = kernelCase(normaliseRowsOp, () => ({ epsilon, centred, affine: 2 as const }), {
    case: name,
    inputs: [x, vector, vector],
    outputAxes: ["rc", "rk", "r"],
  });
  if (!centred) return [forward];
  return [
    forward,
    kernelCase(normaliseRowsGradientOp, () => ({ epsilon, centred, affine: 1 as const }), {
      case: name,
      inputs: [x, x, mean, inverse, vector],
      outputAxes: ["rc"],
    }),
    kernelCase(normaliseSumsOp, () => ({ statistics: { over: "rows" as const, epsilon, centred }, parts }), {
      case: `${name} by row`,
      inputs: [item, item, mean, inverse],
      outputAxes: ["opc", "opc"],
    }),
  ];
}

/** Batch and instance norms of images of a small network, layer norms of a transformer's rows. */
export const normalisationCases: readonly KernelCase[] = [
  ...columnCases("64·28², 32 channels, of the batch", [1, 64 * 28 * 28, 32], 32),
  ...columnCases("64·28², 32 channels, of each item", [64, 28 * 28, 32], 32),
  ...rowCases(4096, 384, true),
  ...rowCases(4096, 384, false),
];
