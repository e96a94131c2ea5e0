/** Spec files from disk: type-checked and compiled where they are TypeScript. */
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as TypeScript from "typescript";
import { UsageError } from "../../device/errors.ts";
import type { KernelSpec } from "../spec/kernel_spec.ts";
import { parseSpec } from "../spec/parse_spec.ts";

/**
 * Reads a spec.
 * @throws UsageError of one line, with file and line where there is one: it is missing, does not type-check, throws, or
 *   is no spec
 */
export async function loadSpec(path: string): Promise<KernelSpec> {
  const file = resolve(path);
  if (!existsSync(file))
    throw new UsageError({ where: "check(--spec)", problem: "there is no such file", got: path });
  const code = [".ts", ".mts"].includes(extname(file)) ? await compileSpec(file) : null;
  const module = await importModule(file, code);
  return parseSpec(Reflect.get(Object(module), "default"), shown(file));
}

const shown = (file: string): string => relative(process.cwd(), file) || file;

async function importModule(file: string, code: string | null): Promise<unknown> {
  // Beside the spec, so that what it imports is found; an import is kept by its name, which has to be new.
  const written =
    code === null ? null : join(dirname(file), `.${basename(file)}.${process.pid}.${Date.now()}.mjs`);
  try {
    if (written !== null && code !== null) await writeFile(written, code);
    return await import(pathToFileURL(written ?? file).href);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      { where: shown(file), problem: `cannot be run: ${firstLine(message)}` },
      { cause: error },
    );
  } finally {
    if (written !== null) await rm(written, { force: true });
  }
}

const firstLine = (text: string): string => text.split("\n")[0] ?? text;

async function typescript(file: string): Promise<typeof TypeScript> {
  try {
    const module = await import("typescript");
    return module.default;
  } catch (cause) {
    const hint = "npm i -D typescript, or write the spec as .mjs";
    const problem = "a spec in TypeScript needs the package typescript";
    throw new UsageError({ where: shown(file), problem, hint }, { cause });
  }
}

/** @returns JavaScript @throws UsageError with the first thing that does not type-check */
async function compileSpec(file: string): Promise<string> {
  const ts = await typescript(file);
  const options: TypeScript.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    skipLibCheck: true,
    types: [],
    allowImportingTsExtensions: true,
    noEmit: true,
    paths: { "wgrad/validation": [validationTypes()] },
  };
  const program = ts.createProgram([file], options);
  const source = program.getSourceFile(file);
  const [first] = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  if (first) throw typeFault(ts, file, first);
  return ts.transpileModule(source?.text ?? "", { compilerOptions: { ...options, noEmit: false } })
    .outputText;
}

function typeFault(ts: typeof TypeScript, file: string, fault: TypeScript.Diagnostic): UsageError {
  const place = fault.file?.getLineAndCharacterOfPosition(fault.start ?? 0);
  const line = place ? `:${place.line + 1}:${place.character + 1}` : "";
  const problem = firstLine(ts.flattenDiagnosticMessageText(fault.messageText, "\n"));
  return new UsageError({ where: `${shown(file)}${line}`, problem });
}

/** Where the package lies: the nearest folder above that has its manifest. */
function validationTypes(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  const built = join(folder, "dist/types/validation/index.d.ts");
  return existsSync(built) ? built : join(folder, "src/validation/index.ts");
}
