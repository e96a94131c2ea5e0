/**
 * Each op's module, bundled alone, brings along the shaders that its kernels name: else a page that uses few ops would lack some,
 * which no test shows that imports them all.
 */
import { readdirSync } from "node:fs";
import { build } from "esbuild";
import { expect, test } from "vitest";
import type { Op } from "../../src/graph/op.ts";
import type { ShaderFacts } from "../../src/kernels/shader_module.ts";

interface Bundled {
  readonly module: Readonly<Record<string, unknown>>;
  shaderFacts(path: string): ShaderFacts;
}

const modules = readdirSync("src/ops").filter((name) => name.endsWith(".ts") && name !== "registry.ts");

test("each op's module imports its shaders", async () => {
  const missing: string[] = [];
  let kernels = 0;
  for (const name of modules) {
    const { module, shaderFacts } = await bundle(name);
    for (const op of Object.values(module).filter(isOp)) {
      const paths = op.kernels.flatMap(({ file, includes }) => [file, ...Object.values(includes)]);
      kernels += op.kernels.length;
      for (const path of [...paths, ...functionsOf(op)]) {
        if (!isWhole(path, shaderFacts)) missing.push(`${name}: ${path}`);
      }
    }
  }
  expect(missing).toEqual([]);
  expect(kernels).toBeGreaterThan(400);
});

async function bundle(name: string): Promise<Bundled> {
  const contents = `export * as module from "./${name}"; export { shaderFacts } from "../kernels/shaders.ts";`;
  const stdin = { contents, resolveDir: "src/ops", loader: "ts" } as const;
  const result = await build({ stdin, bundle: true, format: "esm", platform: "neutral", write: false });
  const code = Buffer.from(result.outputFiles[0]?.contents ?? []).toString("base64");
  return import(`data:text/javascript;base64,${code}`) as Promise<Bundled>;
}

const isOp = (value: unknown): value is Op<unknown> =>
  typeof value === "object" && value !== null && "kernels" in value && "saves" in value;

/** Files of an elementwise op's functions; a fused chain has those of the ops that it was. */
function functionsOf({ name, formula }: Op<unknown>): string[] {
  if (!formula || name === "elementwise") return [];
  return formula({}).lines.map((line) => `elementwise/${line.function}`);
}

/** Whether a file and all that it includes are there. */
function isWhole(path: string, shaderFacts: Bundled["shaderFacts"]): boolean {
  try {
    return shaderFacts(path).includes.every((included) => isWhole(included, shaderFacts));
  } catch {
    return false;
  }
}
