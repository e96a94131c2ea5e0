/** The lab as the build makes it, in a folder of its own: what lies in dist/ may be older than the sources. */
import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Builds the page from its sources. Returns the folder, which the caller removes. */
export async function buildLab(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wgrad-lab-"));
  await build({
    entryPoints: { main: "src/lab/main.ts" },
    outdir: folder,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  for (const name of ["index.html", "lab.css"]) await cp(join("src/lab", name), join(folder, name));
  return folder;
}
