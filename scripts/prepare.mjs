// After an install: generates what git ignores, builds, and links the command, so that a fresh checkout runs.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
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
linkCommand();

/** `npx wgrad` finds the commands of a checkout's dependencies, and not always the checkout's own. */
function linkCommand() {
  const link = join(root, "node_modules", ".bin", "wgrad");
  if (!existsSync(join(root, "dist", "cli.js"))) return;
  try {
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync("../../dist/cli.js", link);
  } catch (error) {
    console.warn(`wgrad: no link for npx (${error}); run node dist/cli.js`);
  }
}
