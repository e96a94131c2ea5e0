import type { AdapterTraits } from "../device/traits.ts";
import type { Formula } from "./formula.ts";
import type { KernelFile, ParamsOf } from "./shaders.ts";
import { kernelFacts } from "./shaders.ts";
import type { BindingNames } from "./stored_types.ts";
import { namesInOrder, storesAll } from "./stored_types.ts";
import type { TensorType } from "./types.ts";

/** What a kernel is asked to do: the types of the op's inputs and outputs, and its attributes. */
export interface KernelRequest<Attributes = unknown> {
  readonly inputs: readonly TensorType[];
  readonly outputs: readonly TensorType[];
  readonly attributes: Attributes;
  /** The input whose storage output 0 takes over, where the planner decided so. */
  readonly inPlace?: number | undefined;
}

/** Arithmetic and traffic of one call, for rooflines. */
export interface Cost {
  readonly flops: number;
  readonly bytes: number;
}

/** Work substituted for the kernel's marked function, and which binding each operand is read from. */
export interface FusedWork {
  readonly formula: Formula;
  /** For each operand: `value` (the marked function's first argument) or the name of a binding. */
  readonly operands: readonly string[];
}

/**
 * One way to run an op: a WGSL file, and pure functions that say when and how. Candidates stand in an ordered
 * list; untuned, the first that accepts and suits wins, and the last accepts everything.
 */
export interface Kernel<Attributes = unknown> {
  readonly file: KernelFile;
  /** Labels, tuning keys and reports: the file and the constants that set this variant apart. */
  readonly name: string;
  /** Files that take the place of files it includes: `{ "sum/fold": "max/fold" }`. */
  readonly includes: Readonly<Record<string, string>>;
  constants(request: KernelRequest<Attributes>): Readonly<Record<string, number>>;
  /** False where the kernel would be wrong or cannot run: alignment, limits, missing features, what it cannot store. */
  accepts(request: KernelRequest<Attributes>, traits: AdapterTraits): boolean;
  /** False where another candidate is expected to be faster; ignored when a variant is forced. */
  suits(request: KernelRequest<Attributes>, traits: AdapterTraits): boolean;
  params(request: KernelRequest<Attributes>): Readonly<Record<string, number>>;
  /** Logical number of workgroups; the dispatcher folds it below the limit of one dimension. */
  workgroups(request: KernelRequest<Attributes>): number;
  fused?(request: KernelRequest<Attributes>): FusedWork | null;
  /**
   * Names of the bindings for the op's inputs followed by its outputs, where they differ from the order in the
   * file: fused operands, inputs that the kernel updates in place (null: bound once, as the output), and one that fills
   * several bindings (a list), where an op has fewer inputs than the file.
   */
  bindings?(request: KernelRequest<Attributes>): readonly BindingNames[];
}

/** What a descriptor must say; the rest has defaults. */
export interface KernelDescription<File extends KernelFile, Attributes> {
  readonly file: File;
  readonly variant?: Readonly<Record<string, number>>;
  readonly includes?: Readonly<Record<string, string>>;
  constants?(request: KernelRequest<Attributes>): Readonly<Record<string, number>>;
  accepts?(request: KernelRequest<Attributes>, traits: AdapterTraits): boolean;
  suits?(request: KernelRequest<Attributes>, traits: AdapterTraits): boolean;
  params(request: KernelRequest<Attributes>): ParamsOf<File>;
  workgroups(request: KernelRequest<Attributes>): number;
  fused?(request: KernelRequest<Attributes>): FusedWork | null;
  bindings?(request: KernelRequest<Attributes>): readonly BindingNames[];
}

/** Describes a kernel; the names of its parameters are checked against the file's `struct Params`. */
export function defineKernel<File extends KernelFile, Attributes>(
  description: KernelDescription<File, Attributes>,
): Kernel<Attributes> {
  const {
    file,
    variant = {},
    includes = {},
    constants,
    accepts,
    suits,
    params,
    workgroups,
    fused,
    bindings,
  } = description;
  const knobs = [
    ...Object.values(includes),
    ...Object.entries(variant).map(([name, value]) => `${name}=${value}`),
  ];
  return {
    file,
    name: knobs.length > 0 ? `${file}[${knobs.join(",")}]` : file,
    includes,
    constants: (request) => ({ ...variant, ...constants?.(request) }),
    accepts: (request, traits) =>
      storesIn(file, bindings?.(request), request, traits) && (accepts?.(request, traits) ?? true),
    suits: suits ?? (() => true),
    params: (request) => params(request),
    workgroups,
    ...(fused && { fused }),
    ...(bindings && { bindings }),
  };
}

/** f16 wants an adapter that has it, and bindings whose elements the file names by an alias. */
function storesIn(
  file: KernelFile,
  names: readonly BindingNames[] | undefined,
  { inputs, outputs }: Pick<KernelRequest, "inputs" | "outputs">,
  { features }: AdapterTraits,
): boolean {
  const types = [...inputs, ...outputs];
  if (types.every(({ dtype }) => dtype !== "f16")) return true;
  const { bindings } = kernelFacts(file);
  return features.has("shader-f16") && storesAll(bindings, names ?? namesInOrder(bindings), types);
}

/**
 * The candidate that tuning picked, where it accepts; else the first that accepts and suits, else the first that
 * accepts.
 */
export function chooseKernel<Attributes>(
  candidates: readonly Kernel<Attributes>[],
  request: KernelRequest<Attributes>,
  traits: AdapterTraits,
  picked?: string,
): Kernel<Attributes> | undefined {
  const accepting = candidates.filter((kernel) => kernel.accepts(request, traits));
  return (
    (picked === undefined ? undefined : accepting.find((kernel) => kernel.name === picked)) ??
    accepting.find((kernel) => kernel.suits(request, traits)) ??
    accepting[0]
  );
}
