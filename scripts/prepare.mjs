// After an install: generates what git ignores and builds, so that a fresh checkout runs.
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  await import("esbuild");
} catch {
  // `npm ci --omit=dev` leaves nothing to build with, and must still install.
  console.warn("wgrad: built nothing, because the development packages are not installed");
  process.exit(0);
}

for (const command of [
  ["scripts/run.mjs", "scripts/generate.ts", "--quiet"],
  ["scripts/build.mjs", "--quiet"],
]) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
