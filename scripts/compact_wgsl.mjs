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

/** For esbuild: the generated modules of shaders with compact sources. @returns {import("esbuild").Plugin} */
export function compactShaders() {
  return {
    name: "compact-shaders",
    setup(build) {
      build.onLoad({ filter: /[\\/]kernels[\\/]generated[\\/].*\.ts$/ }, async ({ path }) => {
        const { readFile } = await import("node:fs/promises");
        const text = await readFile(path, "utf8");
        const contents = text.replace(/^( {2}source: )(".*"),$/m, (_, key, source) => {
          return `${key}${JSON.stringify(compactWgsl(JSON.parse(source)))},`;
        });
        return { contents, loader: "ts" };
      });
    },
  };
}
