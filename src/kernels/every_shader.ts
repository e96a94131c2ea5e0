/** All files under `shaders/` and their texts, for what checks and lists them; nothing that a page trains with imports this. */
import "./generated/all.ts";
import type { KernelFile } from "./shaders.ts";
import { knownShaders, loadShaders, shaderFacts, shaderSource } from "./shaders.ts";

// Bundlers that split code may evaluate this module before its siblings in other chunks that make shaders known: they come first
// when this one waits.
await Promise.resolve();
await loadShaders(knownShaders());

export { stepLayout } from "./generated/step.ts";
export { kernelFacts, replaceSource, shaderFacts, shaderSource } from "./shaders.ts";

const isKernel = (path: string): path is KernelFile => shaderFacts(path).kind === "kernel";

export const kernelFiles = (): KernelFile[] => knownShaders().filter(isKernel);

/** Every file's text as it lies on disk, by its path under `shaders/`. */
export const shaderSources = (): Readonly<Record<string, string>> =>
  Object.fromEntries(knownShaders().map((path) => [path, shaderSource(path)]));
