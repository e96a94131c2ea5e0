/** NaN at large inputs: the exponential overflows above 44, and finite inputs must give finite results. */
import type { KernelSpec } from "wgrad/validation";

const values = [-100, -50, -2, -0.5, 0.5, 1, 2, 8, 40, 50, 88, 100];

export default {
  inputs: { x: { shape: [values.length], fill: { kind: "values", values } } },
  outputs: { out: { shape: [values.length] } },
  params: { count: values.length },
  workgroups: 1,
  reference: ({ x }) => ({ out: Array.from(x, Math.tanh) }),
} satisfies KernelSpec<"x">;
