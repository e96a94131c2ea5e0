/** A WGSL file with what is known of it at build time. */
export type ShaderModule = KernelModule | LibraryModule;

/** What has to be known before the text is there. `scripts/generate.ts` writes it to `generated/`. */
export type ShaderFacts = KernelFacts | LibraryFacts;

export type KernelFacts = Omit<KernelModule, "source" | "hash" | "workgroupSize">;

export type LibraryFacts = Omit<LibraryModule, "source" | "functions">;

/** A file with an entry point. */
export interface KernelModule {
  readonly kind: "kernel";
  /** As it lies on disk: includes are comments still. */
  readonly source: string;
  /** Names of the files it includes itself, in order; those may include others. */
  readonly includes: readonly string[];
  /** Defaults of the constants that a variant may change. */
  readonly constants: Readonly<Record<string, number>>;
  /** One to three sizes as written: a number, or an expression of constants. */
  readonly workgroupSize: readonly (number | string)[];
  /** The bindings of group 0 by rising number. */
  readonly bindings: readonly ShaderBinding[];
  readonly params: ParamsLayout | null;
  /** It declares workgroup memory itself. */
  readonly usesWorkgroupMemory: boolean;
  /** It reads the step uniform in group 1. */
  readonly usesStep: boolean;
  /** The function whose body fused work takes over. */
  readonly replaceable: ReplaceableFunction | null;
  /** Of the source and everything included: 16 hexadecimal digits. */
  readonly hash: string;
}

/** A file of functions that others include. */
export interface LibraryModule {
  readonly kind: "library";
  readonly source: string;
  readonly includes: readonly string[];
  /** Names of the functions that this file defines itself. */
  readonly functions: readonly string[];
}

export interface ShaderBinding {
  readonly name: string;
  readonly binding: number;
  /** `write` is WGSL's `read_write`. */
  readonly access: "read" | "write" | "uniform";
  /** As WGSL writes it: `array<f32>`, `array<vec4<f32>>`, `Params`. */
  readonly type: string;
  /** The alias in the file that names its elements and may say f16 as well; null where they are as written. */
  readonly alias: string | null;
  /** It enters the layout only when the replaced function's body loads from it. */
  readonly optional: boolean;
}

/** A uniform struct of 4-byte scalars. */
export interface ParamsLayout {
  /** Bytes, rounded up to 16. */
  readonly size: number;
  readonly fields: readonly ShaderField[];
}

export interface ShaderField {
  readonly name: string;
  readonly offset: number;
  readonly type: ShaderScalar;
}

export type ShaderScalar = "u32" | "i32" | "f32";

export interface ReplaceableFunction {
  readonly name: string;
  readonly parameters: readonly ShaderParameter[];
  readonly returns: string;
}

export interface ShaderParameter {
  readonly name: string;
  readonly type: string;
}
