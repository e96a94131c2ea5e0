import type { KernelParams } from "./generated/types.ts";
import type { PackedFacts } from "./packed_facts.ts";
import { unpackFacts } from "./packed_facts.ts";
import type { KernelFacts, ShaderFacts } from "./shader_module.ts";

/** Paths under `shaders/` of the files that have an entry point. */
export type KernelFile = keyof KernelParams;

/** The parameters that a kernel file's `struct Params` asks for, by name. */
export type ParamsOf<File extends KernelFile> = Readonly<Record<KernelParams[File], number>>;

/** A file: what is known of it, and its text once that was wanted. */
interface Shader {
  readonly facts: ShaderFacts;
  readonly load: Load;
  source?: string;
}

const shaders = new Map<string, Shader>();

/** The module with the text of a file. */
type Load = () => Promise<{ readonly default: string }>;

/**
 * Makes a kernel file known by its path under `shaders/`, without the ending. The modules under `generated/` do so when they are
 * imported: an op imports those of the files that it names, and what no op of a program names is in no bundle. The text is
 * in a module of its own, which bundlers that split code leave to be fetched when a pipeline is to be made of it.
 */
export function provideKernel(path: KernelFile, packed: PackedFacts, load: Load): void {
  shaders.set(path, { facts: unpackFacts(packed), load });
}

/** The same of a file without an entry point. */
export function provideLibrary(path: string, includes: readonly string[], load: Load): void {
  shaders.set(path, { facts: { kind: "library", includes }, load });
}

function shader(path: string): Shader {
  const found = shaders.get(path);
  if (!found) throw new Error(`internal: no shader ${path}: what names it imports generated/${path}.ts`);
  return found;
}

/** What is known of a file. */
export const shaderFacts = (path: string): ShaderFacts => shader(path).facts;

/** What is known of a file with an entry point. */
export function kernelFacts(file: KernelFile): KernelFacts {
  const facts = shaderFacts(file);
  if (facts.kind !== "kernel") throw new Error(`internal: ${file} has no entry point`);
  return facts;
}

/** Fetches the texts of files and of all that they include. */
export async function loadShaders(paths: Iterable<string>): Promise<void> {
  const all = new Set(paths);
  // A set hands out what is added while it is gone through.
  for (const path of all) for (const included of shaderFacts(path).includes) all.add(included);
  await Promise.all([...all].map(load));
}

async function load(path: string): Promise<void> {
  const own = shader(path);
  own.source ??= (await own.load()).default;
}

/** The text of a file that is loaded, as it lies on disk. */
export function shaderSource(path: string): string {
  const { source } = shader(path);
  if (source === undefined) throw new Error(`internal: shader ${path} is not loaded`);
  return source;
}

/** Puts another text in a loaded file's place, for checks that break kernels on purpose. */
export function replaceSource(path: string, source: string): void {
  shader(path).source = source;
}

/** Paths of all files that are known. */
export const knownShaders = (): string[] => [...shaders.keys()].sort();
