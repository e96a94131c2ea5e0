import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { formatShape, isFloat, sameShape } from "../kernels/types.ts";
import { shapeError } from "./checks.ts";
import { defaultEpsilon } from "./normalisation.ts";
import { reshape } from "./reshape.ts";

/** What every normalisation takes beside x. */
export interface NormOptions {
  /** γ, multiplied with the normalised values; none by default. */
  readonly scale?: Tensor | undefined;
  /** β, added last; none by default. */
  readonly bias?: Tensor | undefined;
  /** Added to the variance inside the root; 1e-5 by default. */
  readonly epsilon?: number | undefined;
}

/** @throws UsageError where it is not a finite number above 0: then a variance of 0 would give no number */
export function epsilonOf(op: string, { epsilon = defaultEpsilon }: Pick<NormOptions, "epsilon">): number {
  if (epsilon > 0 && Number.isFinite(epsilon)) return epsilon;
  const expected = "a finite number above 0";
  throw new UsageError({ where: op, problem: "wrong epsilon", got: String(epsilon), expected });
}

/** Scale and bias as vectors. @throws ShapeError where one is not of the shape */
export function affineVectors(op: string, x: Tensor, { scale, bias }: NormOptions, shape: Shape) {
  const vector = (name: string, tensor: Tensor | undefined): Tensor | undefined => {
    if (!tensor) return undefined;
    if (isFloat(tensor.dtype) && sameShape(tensor.shape, shape)) return reshape(tensor, [-1]);
    throw shapeError(op, [x.type, tensor.type], `the ${name} does not fit`, `f32${formatShape(shape)}`);
  };
  return { scale: vector("scale", scale), bias: vector("bias", bias) };
}

/** @throws ShapeError where there are fewer axes */
export function expectRank(op: string, x: Tensor, rank: number, expected: string): void {
  if (isFloat(x.dtype) && x.shape.length >= rank) return;
  throw shapeError(op, [x.type], "wrong rank or dtype", expected);
}
