/** A kernel that is right: `wgrad check scale_rows.wgsl --spec scale_rows.spec.ts` finds nothing. */
import type { KernelSpec } from "wgrad/validation";

const [rows, columns] = [7, 31];

export default {
  inputs: {
    x: { shape: [rows, columns], fill: { kind: "normal" } },
    scale: { shape: [rows], fill: { kind: "uniform", low: -2, high: 2 } },
  },
  outputs: { out: { shape: [rows, columns] } },
  constants: { WG: 64 },
  params: { rows, columns },
  workgroups: Math.ceil((rows * columns) / 64),
  reference: ({ x, scale }) => ({
    out: Array.from(x, (value, index) => (scale[Math.floor(index / columns)] ?? 0) * value),
  }),
} satisfies KernelSpec<"x" | "scale">;
