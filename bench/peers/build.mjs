// Bundles TensorFlow.js, and notes for which packages.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(dirname(fileURLToPath(import.meta.url)));

await build({
  entryPoints: { tensorflow: "tensorflow.entry.mjs" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // The CommonJS build for Node comes in one piece and registers its gradients with another copy of the engine.
  mainFields: ["module", "main"],
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
  logLevel: "error",
});

// `wgrad bench` installs again where this is not the sum of the lock file.
writeFileSync("dist/installed", createHash("sha256").update(readFileSync("package-lock.json")).digest("hex"));
