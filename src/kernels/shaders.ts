import { shaders, stepLayout } from "./generated/shaders.ts";
import type { KernelModule, ShaderModule } from "./shader_module.ts";

type Shaders = typeof shaders;

/** Paths under `shaders/` of the files that have an entry point. */
export type KernelFile = {
  [Path in keyof Shaders]: Shaders[Path] extends { readonly kind: "kernel" } ? Path : never;
}[keyof Shaders];

type FieldNames<Module> = Module extends {
  readonly params: { readonly fields: readonly { readonly name: infer Name }[] };
}
  ? Name & string
  : never;

/** The parameters that a kernel file's `struct Params` asks for, by name. */
export type ParamsOf<File extends KernelFile> = Readonly<Record<FieldNames<Shaders[File]>, number>>;

const modules: Readonly<Record<string, ShaderModule>> = shaders;

/** Looks a file up by its path under `shaders/`, without the ending. */
export function shaderModule(path: string): ShaderModule {
  const module = modules[path];
  if (!module) throw new Error(`internal: no shader ${path}`);
  return module;
}

/** A file with an entry point, with all that reflection found. */
export function kernelModule(file: KernelFile): KernelModule {
  const module = shaderModule(file);
  if (module.kind !== "kernel") throw new Error(`internal: ${file} has no entry point`);
  return module;
}

export function kernelFiles(): KernelFile[] {
  return Object.keys(modules).filter((path): path is KernelFile => modules[path]?.kind === "kernel");
}

/** Sources of the files without an entry point. */
export function librarySources(): string[] {
  return Object.values(modules).flatMap((module) => (module.kind === "library" ? [module.source] : []));
}

/** Every file's text as it lies on disk, by its path under `shaders/`. */
export const shaderSources = (): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(modules).map(([path, { source }]) => [path, source]));

export { stepLayout };
