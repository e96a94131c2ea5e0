import type { KernelParams } from "./generated/types.ts";
import type { KernelModule, ShaderModule } from "./shader_module.ts";

/** Paths under `shaders/` of the files that have an entry point. */
export type KernelFile = keyof KernelParams;

/** The parameters that a kernel file's `struct Params` asks for, by name. */
export type ParamsOf<File extends KernelFile> = Readonly<Record<KernelParams[File], number>>;

const modules = new Map<string, ShaderModule>();

/**
 * Makes a file known by its path under `shaders/`, without the ending. The modules under `generated/` do so when they are
 * imported: an op imports those of the files that it names, and what no op of a program names is in no bundle.
 */
export function provideShader(path: string, module: ShaderModule): void {
  modules.set(path, module);
}

/** Looks a file up by its path. */
export function shaderModule(path: string): ShaderModule {
  const module = modules.get(path);
  if (!module) throw new Error(`internal: no shader ${path}: what names it imports generated/${path}.ts`);
  return module;
}

/** A file with an entry point, with all that reflection found. */
export function kernelModule(file: KernelFile): KernelModule {
  const module = shaderModule(file);
  if (module.kind !== "kernel") throw new Error(`internal: ${file} has no entry point`);
  return module;
}

/** All that are known, by path. */
export const knownShaders = (): ReadonlyMap<string, ShaderModule> => modules;
