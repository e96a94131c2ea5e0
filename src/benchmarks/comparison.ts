import type { Node } from "../graph/tensor.ts";
import type { Cost } from "../kernels/kernel.ts";
import type { StepValues } from "../kernels/step.ts";
import type { TypedArray } from "../kernels/types.ts";
import type { KernelCase } from "./kernel_case.ts";
import type { Comparison, PeerOp, PeerTensor } from "./peer.ts";
import type { Expected } from "./verify.ts";
import { expectedOf, firstWrong } from "./verify.ts";

interface CheckedCase {
  readonly op: PeerOp;
  readonly given: KernelCase;
  /** Of the inputs, whole. */
  readonly values: readonly TypedArray[];
  readonly node: Node;
  readonly cost: Cost;
  readonly step: StepValues;
}

/** Peers get the same inputs, and their result is held against the same f64 reference with the same tolerance. */
export function kernelComparison({ op, given, values, node, cost, step }: CheckedCase): Comparison {
  const [outputType] = node.types;
  if (!outputType) throw new Error(`internal: ${given.name} has no output`);
  let expected: Expected | undefined;
  return {
    kind: "kernel",
    task: () => ({
      op,
      inputs: given.inputs.map(({ shape }, index) => tensorOf(shape, values[index])),
      outputShape: outputType.shape,
    }),
    check: (result) => {
      expected ??= expectedOf(given, values, [outputType.shape], cost, step)[0];
      if (!expected) throw new Error(`internal: ${given.name} has no output`);
      return firstWrong(node.op.outputs[0] ?? "output", result, expected);
    },
  };
}

/** @throws Error where the values are not f32 */
export function tensorOf(shape: PeerTensor["shape"], values: TypedArray | undefined): PeerTensor {
  if (!(values instanceof Float32Array)) throw new Error("internal: a peer's tensor is not f32");
  return { shape, values };
}

/**
 * How far a peer's loss may be from ours, relative to it. Sums in another order change the first loss by about 1e-7; Adam
 * divides small gradients by their own size, so that noise grows from step to step: measured over five steps, 2e-7 for
 * SGD and 1e-5 for Adam. A learning rate wrong by a fiftieth fails all the same, in each of the training rows.
 */
const lossTolerance = 1e-3;

/** What is wrong with a peer's losses, in words, or null. A loss that is not a number is wrong. */
export function differentLosses(ours: readonly number[], theirs: readonly number[]): string | null {
  if (theirs.length === 0 || theirs.length > ours.length)
    return `internal: ${theirs.length} losses beside ${ours.length}`;
  for (const [index, loss] of theirs.entries()) {
    const expected = ours[index] ?? Number.NaN;
    if (!(Math.abs(loss - expected) <= lossTolerance * Math.abs(expected)))
      return `the loss of step ${index + 1}: got ${loss}, expected ${expected}`;
  }
  return null;
}
