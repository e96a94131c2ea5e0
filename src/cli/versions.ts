import { createRequire } from "node:module";

/** The installed version of a package; null where it is not installed or does not tell. */
export function versionOf(name: string): string | null {
  try {
    const manifest: unknown = createRequire(import.meta.url)(`${name}/package.json`);
    if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) return null;
    return String(manifest.version);
  } catch {
    return null;
  }
}

/** Versions that a record of a run carries. */
export const versions = () => ({
  wgrad: versionOf("wgrad"),
  webgpu: versionOf("webgpu"),
  node: process.versions.node,
});
