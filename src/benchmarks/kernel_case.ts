import type { Op } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { Kernel } from "../kernels/kernel.ts";
import type { DType, Shape, TypedArray } from "../kernels/types.ts";
import { elementCount, storedValues } from "../kernels/types.ts";
import type { PeerOp } from "./peer.ts";
import { FastRandom } from "./sample.ts";

/** How far a result may be from the reference. */
export type Tolerance =
  /** 1e-5 + 1.3e-6 · |expected| */
  | { readonly kind: "elementwise" }
  /** 2 · √terms · 2⁻²³ · Σ|terms| */
  | { readonly kind: "reduction"; readonly terms: number };

export interface CaseInput {
  readonly shape: Shape;
  /** A letter an axis; inputs and outputs that share an axis share its letter. */
  readonly axes: string;
  /** `signed`: in [−1, 1), by default; `positive`: in [0, 1); a number: u32 below it; `{ all }`: one f32 value. */
  readonly values?: "signed" | "positive" | number | { readonly all: number };
  /** Stored so; u32 or f32, as the values are, by default. */
  readonly dtype?: "f16";
}

/** An op at sizes that training meets. */
export interface KernelCase {
  /** The op's name, or that of a chain. */
  readonly name: string;
  readonly case: string;
  readonly inputs: readonly CaseInput[];
  /** For each output, a letter an axis. */
  readonly outputAxes: readonly string[];
  /** Indices to check of an axis where the whole would take the reference too long. */
  readonly sample: Readonly<Record<string, number>>;
  readonly tolerance: Tolerance;
  /** What peers are asked for that compute the same. */
  readonly peerOp?: PeerOp;
  /** Records the op on tensors of the case's shapes, or of a sample's; `kernel` takes the place of its candidates. */
  apply(inputs: readonly Tensor[], kernel?: Kernel): readonly Tensor[];
}

export type CaseOptions = Pick<KernelCase, "case" | "inputs" | "outputAxes"> &
  Partial<Pick<KernelCase, "name" | "sample" | "tolerance" | "peerOp">>;

/**
 * Describes a case of an op.
 * @param attributes from the inputs, whose sampled axes are shorter while the reference runs
 */
export function kernelCase<Attributes>(
  op: Op<Attributes>,
  attributes: (inputs: readonly Tensor[]) => Attributes,
  { name = op.name, sample = {}, tolerance = { kind: "elementwise" }, ...options }: CaseOptions,
): KernelCase {
  return {
    name,
    sample,
    tolerance,
    ...options,
    apply: (inputs, kernel) => {
      const forced = kernel ? { ...op, kernels: [kernel] } : op;
      return record(forced, inputs, attributes(inputs));
    },
  };
}

export function dtypeOf({ values, dtype }: CaseInput): DType {
  return dtype ?? (typeof values === "number" ? "u32" : "f32");
}

/** Every input's elements: the same at every run. */
export function caseValues({ inputs }: KernelCase): TypedArray[] {
  return inputs.map((input, index) => {
    const values = fill(input, new FastRandom(0x9e37_79b9 + index));
    return dtypeOf(input) === "f16" ? storedValues("f16", values) : values;
  });
}

function fill({ shape, values = "signed" }: CaseInput, random: FastRandom): TypedArray {
  const count = elementCount(shape);
  if (typeof values === "number") return new Uint32Array(count).map(() => Math.floor(random.next() * values));
  const filled = new Float32Array(count);
  if (typeof values === "object") return filled.fill(values.all);
  return filled.map(() => (values === "signed" ? 2 * random.next() - 1 : random.next()));
}
