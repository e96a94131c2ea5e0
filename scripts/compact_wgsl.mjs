import { readFile } from "node:fs/promises";

/**
 * A shader without what only its readers want: comments, blank lines and deep indentation. Directives (`//!`) stay, each
 * statement stays on its line, and what stood at a line's beginning still does, which is how the specialiser finds things.
 * @param {string} source
 * @returns {string}
 */
export function compactWgsl(source) {
  return source
    .split("\n")
    .map((line) =>
      line
        .replace(/\/\/(?!!).*$/, "")
        .trimEnd()
        .replace(/^\s+/, " "),
    )
    .filter((line) => line.trim() !== "")
    .join("\n");
}

/**
 * For esbuild: the generated modules with compact texts.
 * @returns {import("esbuild").Plugin}
 */
export function compactShaders() {
  return {
    name: "compact-shaders",
    setup(build) {
      build.onLoad({ filter: /[\\/]kernels[\\/]generated[\\/].*\.wgsl\.ts$/ }, async ({ path }) => {
        const [, text] = /^export default (".*") as string;$/m.exec(await readFile(path, "utf8")) ?? [];
        if (text === undefined) throw new Error(`${path} is not as scripts/generate.ts writes it`);
        return { contents: `export default ${JSON.stringify(compactWgsl(JSON.parse(text)))};`, loader: "js" };
      });
    },
  };
}
