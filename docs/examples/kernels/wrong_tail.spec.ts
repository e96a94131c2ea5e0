/** A reduction that forgets what is left over: 200 columns are three strides of 64 and eight more. */
import type { KernelSpec } from "wgrad/validation";

const [rows, columns] = [5, 200];

export default {
  inputs: { x: { shape: [rows, columns], fill: { kind: "uniform", low: 0.5, high: 1.5 } } },
  outputs: { out: { shape: [rows], tolerance: { kind: "reduction", terms: columns } } },
  constants: { WG: 64 },
  params: { rows, columns },
  workgroups: rows,
  reference: ({ x }) => ({
    out: Array.from({ length: rows }, (_, row) =>
      x.slice(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, 0),
    ),
  }),
} satisfies KernelSpec<"x">;
