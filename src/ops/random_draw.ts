import { UsageError } from "../device/errors.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";

/** What sets a draw's numbers apart from others'. */
export interface StreamOptions {
  /**
   * A u32: which of the step's independent streams the numbers come from. Two draws of one stream and one kind in a step
   * have the same numbers.
   */
  readonly stream: number;
}

export interface DrawAttributes extends StreamOptions {
  readonly shape: Shape;
}

/** An op without inputs that fills a shape with random f32 numbers. Nothing goes back through it. */
export function defineDraw<Attributes extends DrawAttributes>(
  name: string,
  kernel: Kernel<Attributes>,
): Op<Attributes> {
  return defineOp<Attributes>({
    name,
    inputs: [],
    outputs: ["out"],
    type: (_, { shape }) => [{ shape, dtype: "f32" }],
    vjp: () => [],
    kernels: [kernel],
  });
}

export const drawVectors = ({ outputs }: KernelRequest): number =>
  ceilDivide(elementCount(outputs[0]?.shape ?? []), 4);

export const drawGroups = (request: KernelRequest): number => ceilDivide(drawVectors(request), 64);

/** @throws UsageError where the stream is no u32 or a size is no positive integer */
export function expectDraw(where: string, shape: Shape, stream: number): void {
  if (stream >>> 0 !== stream) {
    const expected = "a u32";
    throw new UsageError({ where, problem: "the stream is out of range", got: String(stream), expected });
  }
  if (shape.every((size) => Number.isSafeInteger(size) && size > 0)) return;
  const expected = "positive integers";
  throw new UsageError({ where, problem: "this is no shape", got: `[${shape.join(", ")}]`, expected });
}

/** @throws UsageError where a dropout's rate or stream is out of range */
export function expectDropout(where: string, rate: number, stream: number): void {
  if (rate >= 0 && rate < 1 && stream >>> 0 === stream) return;
  throw new UsageError({
    where,
    problem: "out of range",
    got: `rate ${rate}, stream ${stream}`,
    expected: "0 ≤ rate < 1, and a stream that is a u32",
  });
}

/** @throws UsageError where one of the numbers is not finite */
export function expectFinite(where: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isFinite(value)) continue;
    throw new UsageError({ where, problem: `${name} is not finite`, got: String(value) });
  }
}
