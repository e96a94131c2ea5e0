/**
 * A write past the end: `>` where `>=` is meant. The length is a multiple of 4, since the padding of a tensor to 16 bytes
 * may be written.
 */
import type { KernelSpec } from "wgrad/validation";

const count = 100;

export default {
  inputs: { x: { shape: [count] } },
  outputs: { out: { shape: [count] } },
  params: { count },
  workgroups: Math.ceil(count / 64),
  reference: ({ x }) => ({ out: Array.from(x, (value) => value ** 2) }),
} satisfies KernelSpec<"x">;
