import { relative } from "node:path";
import { build } from "esbuild";

/**
 * The sources that entries import, at once or later, those of types alone left out.
 * @param {readonly string[]} entryPoints
 * @returns {Promise<string[]>}
 */
export async function modulesOf(entryPoints) {
  const options = { bundle: true, write: false, outdir: "dist", format: "esm", platform: "browser" };
  // Whatever is free of side effects and not used is a module of the package all the same.
  const { metafile } = await build({
    ...options,
    entryPoints: [...entryPoints],
    ignoreAnnotations: true,
    metafile: true,
    logLevel: "error",
  });
  return Object.keys(metafile.inputs).map((path) => relative(".", path));
}

/**
 * For esbuild: keeps modules apart, each import as it is but for its ending.
 * @returns {import("esbuild").Plugin}
 */
export function modulesApart() {
  return {
    name: "modules-apart",
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) =>
        kind === "entry-point" ? undefined : { path: path.replace(/\.ts$/, ".js"), external: true },
      );
    },
  };
}
