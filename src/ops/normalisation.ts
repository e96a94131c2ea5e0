import "../kernels/generated/elementwise/add.ts";
import "../kernels/generated/elementwise/mul.ts";
import type { AdapterTraits } from "../device/traits.ts";
import { scalar } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Formula } from "../kernels/formula.ts";
import { operand, singleFormula } from "../kernels/formula.ts";
import type { FusedWork, KernelRequest } from "../kernels/kernel.ts";
import type { Shape, TensorType } from "../kernels/types.ts";
import { elementCount, formatShape, sameShape, trafficBytes } from "../kernels/types.ts";
import { add } from "./add.ts";
import { broadcastTo } from "./broadcast.ts";
import { shapeError, sizeAt } from "./checks.ts";
import { cast } from "./convert.ts";
import { mean } from "./mean.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { rsqrt } from "./rsqrt.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

/** Added to the variance inside the root where nothing else is said. */
export const defaultEpsilon = 1e-5;

/**
 * Which elements of x[batch, space, channels] share a mean and a variance: those of a row; or, for each item of the
 * batch, those of a group of neighbouring channels at all places. Rows that are not centred have the mean 0.
 */
export type Statistics =
  | { readonly over: "rows"; readonly epsilon: number; readonly centred: boolean }
  | { readonly over: "columns"; readonly epsilon: number; readonly groups: number };

/** How many vectors over the channels follow an op's own inputs: none, a scale, a scale and a bias. */
export type Affine = 0 | 1 | 2;

export const affineOf = (scale?: Tensor, bias?: Tensor): Affine => (scale ? (bias ? 2 : 1) : 0);

/** The inputs that are there. */
export const present = (...tensors: readonly (Tensor | undefined)[]): Tensor[] =>
  tensors.filter((tensor) => tensor !== undefined);

/** @throws ShapeError where the input is not of the shape; statistics are f32, `float` may be f16 as well */
export function expectShape(
  op: string,
  inputs: readonly TensorType[],
  index: number,
  shape: Shape,
  dtype: "f32" | "float" = "f32",
): void {
  const type = inputs[index];
  const fits = type && (type.dtype === "f32" || (dtype === "float" && type.dtype === "f16"));
  if (fits && sameShape(type.shape, shape)) return;
  throw shapeError(op, inputs, `input ${index} does not fit`, `f32${formatShape(shape)}`);
}

/** The sizes of x[batch, space, channels], or of rows [space, channels]. */
export function sizesOf(shape: Shape): { batch: number; space: number; channels: number } {
  const channels = sizeAt(shape, -1);
  const space = sizeAt(shape, -2);
  return { batch: elementCount(shape.slice(0, -2)), space, channels };
}

/** Invocations of four channels that keep a GPU busy; more would make the merging of their results long. */
const enough = 4096;
const fewestRows = 16;

/** Into how many parts the places are split, so that there is work for many: a divisor of their number. */
export function partsFor(shape: Shape): number {
  const { batch, space, channels } = sizesOf(shape);
  const bound = Math.floor(Math.min(space / fewestRows, enough / (batch * Math.ceil(channels / 4))));
  for (let parts = bound; parts > 1; parts--) if (space % parts === 0) return parts;
  return 1;
}

const affineFormulas: Readonly<Record<Affine, Formula | null>> = {
  0: null,
  1: singleFormula("mul", 2),
  2: {
    operands: 3,
    lines: [
      { function: "mul", arguments: [operand(0), operand(1)] },
      { function: "add", arguments: [{ kind: "line", index: 0 }, operand(2)] },
    ],
  },
};

/** `ROWS` of kernels over columns: neighbouring rows of one invocation, which share what belongs to the column. */
export type RowsEach = 1 | 4 | 8;

type Sizes = ReturnType<typeof sizesOf>;

/** Whole vectors of channels, and only whole runs of rows. */
export const rowsAccept = (rows: RowsEach, { space, channels }: Sizes): boolean =>
  channels % 4 === 0 && space % rows === 0;

/** Invocations below which a GPU would idle if each did several rows. */
const manyInvocations = 1 << 16;

export const rowsSuit = (
  rows: RowsEach,
  { batch, space, channels }: Sizes,
  { software }: AdapterTraits,
): boolean => rows === 1 || software || (batch * space * channels) / (4 * rows) >= manyInvocations;

/** What a kernel does with a normalised value. */
export function affineWork(affine: Affine): FusedWork | null {
  const formula = affineFormulas[affine];
  return formula && { formula, operands: ["value", ...affineBindings(affine)] };
}

/** The names of a kernel's bindings for what may be there. */
export const affineBindings = (affine: Affine): string[] => ["scale", "bias"].slice(0, affine);

/** Bytes of everything that an op reads and writes, once each. */
export function bytesOf({ inputs, outputs }: KernelRequest): number {
  return trafficBytes(...inputs, ...outputs);
}

/** Normalisation in ordinary ops, which have gradients of every order: what gradients of gradients are made of. */
export interface Normalised {
  /** x̂ = (x − mean) · inverse */
  readonly value: Tensor;
  readonly inverse: Tensor;
  /** The mean over the elements that share statistics, in a shape that broadcasts to x. */
  fold(x: Tensor): Tensor;
  /** What of a cotangent of x̂ reaches x: inverse · (v − fold(v) − x̂ · fold(v · x̂)). */
  pullBack(v: Tensor): Tensor;
}

/** @param given [batch, space, channels], or rows [space, channels]; all that is made of it is f32 */
export function normalised(given: Tensor, statistics: Statistics): Normalised {
  const x = cast(given, "f32");
  const fold = (of: Tensor): Tensor => foldOf(of, statistics);
  const centred = statistics.over === "columns" || statistics.centred;
  // Twice: where the mean is large, the first has its rounding errors, and the second takes them away.
  const once = centred ? sub(x, fold(x)) : x;
  const deviation = centred ? sub(once, fold(once)) : x;
  const variance = fold(square(deviation));
  const inverse = rsqrt(add(variance, scalar(statistics.epsilon)));
  const value = mul(deviation, inverse);
  const pullBack = (cotangent: Tensor): Tensor => {
    const v = cast(cotangent, "f32");
    const level = centred ? sub(v, fold(v)) : v;
    return mul(inverse, sub(level, mul(value, fold(mul(v, value)))));
  };
  return { value, inverse, fold, pullBack };
}

function foldOf(x: Tensor, statistics: Statistics): Tensor {
  if (statistics.over === "rows") return mean(x, { axes: -1, keepDims: true });
  return foldGroups(mean, x, statistics.groups);
}

/** Folds each item's places and its groups' channels: [batch, space, channels] → [batch, 1, channels], repeated in groups. */
export function foldGroups(fold: typeof mean, x: Tensor, groups: number): Tensor {
  const { batch, space, channels } = sizesOf(x.shape);
  if (groups === channels) return fold(x, { axes: 1, keepDims: true });
  const width = channels / groups;
  const folded = fold(reshape(x, [batch, space, groups, width]), { axes: [1, 3], keepDims: true });
  return reshape(broadcastTo(folded, [batch, 1, groups, width]), [batch, 1, channels]);
}
