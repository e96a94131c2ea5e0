/** Differences of neighbours in place: the output takes the input's buffer over, and a neighbour's result is read as input. */
import type { KernelSpec } from "wgrad/validation";

const count = 1000;

export default {
  inputs: { x: { shape: [count], fill: { kind: "distinct" } } },
  outputs: { out: { shape: [count] } },
  params: { count },
  workgroups: Math.ceil(count / 64),
  inPlace: { out: "x" },
  reference: ({ x }) => ({ out: Array.from(x, (value, index) => value - (x[index - 1] ?? 0)) }),
} satisfies KernelSpec<"x">;
