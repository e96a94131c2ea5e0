/** All files under `shaders/`, for what checks and lists them; nothing that a page trains with imports this. */
import "./generated/all.ts";
import type { KernelFile } from "./shaders.ts";
import { knownShaders } from "./shaders.ts";

export { stepLayout } from "./generated/step.ts";
export { kernelModule, shaderModule } from "./shaders.ts";

const isKernel = (path: string): path is KernelFile => knownShaders().get(path)?.kind === "kernel";

export const kernelFiles = (): KernelFile[] => [...knownShaders().keys()].filter(isKernel).sort();

/** Every file's text as it lies on disk, by its path under `shaders/`. */
export const shaderSources = (): Readonly<Record<string, string>> =>
  Object.fromEntries([...knownShaders()].map(([path, { source }]) => [path, source]));
