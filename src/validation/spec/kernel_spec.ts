import type { DType, Shape } from "../../kernels/types.ts";
import type { Fill, Tolerance } from "../case.ts";

/** Elements of 4 bytes: a spec stores no f16. */
export type SpecDType = Exclude<DType, "f16">;

/** A tensor that a kernel reads. */
export interface SpecInput {
  /** Sizes of the axes, outermost first; [] is a single element. */
  readonly shape: Shape;
  /** f32 where nothing is said, u32 where the fill is of indices. */
  readonly dtype?: SpecDType;
  /** How its elements are drawn; `{ kind: "normal" }` where nothing is said. */
  readonly fill?: Fill;
}

/** A tensor that a kernel writes. */
export interface SpecOutput {
  readonly shape: Shape;
  /** f32 where nothing is said. */
  readonly dtype?: SpecDType;
  /** `{ kind: "elementwise" }` where nothing is said: 1e-5 + 1.3e-6 · |reference|. */
  readonly tolerance?: Tolerance;
}

/**
 * What `wgrad check FILE.wgsl --spec FILE.spec.ts` knows of a kernel: what it is run on, and what must come out. The
 * spec file exports one by default.
 *
 * Tensors are bound by name: `var<storage, read> x` is the input `x`, `var<storage, read_write> out` the output `out`.
 * Every buffer is as long as its tensor, rounded up to 16 bytes, and stands between guard regions.
 */
export interface KernelSpec<Input extends string = string, Output extends string = string> {
  readonly inputs: Readonly<Record<Input, SpecInput>>;
  readonly outputs: Readonly<Record<Output, SpecOutput>>;
  /** Values for the file's leading lines `const NAME: u32 = …;`, where they differ from those in the file. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Every field of the file's `struct Params`. */
  readonly params?: Readonly<Record<string, number>>;
  /** Workgroups along x, or along x, y and z. A number above 65,535 is folded into x and y. */
  readonly workgroups: number | readonly [x: number, y?: number, z?: number];
  /** For an output that takes over an input's buffer, that input's name: the output then holds its values at first. */
  readonly inPlace?: Readonly<Partial<Record<Output, Input>>>;
  /** Of the fills; 0 where nothing is said. */
  readonly seed?: number;
  /**
   * The outputs in f64, row-major.
   * @param inputs in f64 whatever their dtype, with values that the dtype holds
   */
  reference(inputs: Readonly<Record<Input, Float64Array>>): Readonly<Record<Output, ArrayLike<number>>>;
}
