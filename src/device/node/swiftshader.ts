import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir, userInfo } from "node:os";
import { basename, dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { tarFiles } from "./tar.ts";

const PACKAGE = "@sparticuz/chromium";
const DRIVER = "vk_swiftshader_icd.json";
const LOADER = "libvulkan.so.1";
const FILES: ReadonlySet<string> = new Set([DRIVER, LOADER, "libvk_swiftshader.so"]);

/** Files of the bundled software adapter, unpacked. */
export interface Bundled {
  /** The manifest that `VK_DRIVER_FILES` names. */
  readonly driver: string;
  /** A Vulkan loader, for systems without one. */
  readonly loader: string;
}

/** Unpacks SwiftShader once into the user's cache. Throws, in words for a user, where that cannot be. */
export function bundledSwiftShader(): Bundled {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`it exists for Linux on x64 only, and this is ${process.platform} on ${process.arch}`);
  }
  const root = packageRoot();
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const directory = cached(`swiftshader-${version}`, () =>
    brotliDecompressSync(readFileSync(join(root, "bin", "swiftshader.tar.br"))),
  );
  return { driver: join(directory, DRIVER), loader: join(directory, LOADER) };
}

/** The package's folder; it does not export its package.json, so walk up from its entry. */
function packageRoot(): string {
  let directory: string;
  try {
    directory = dirname(createRequire(import.meta.url).resolve(PACKAGE));
  } catch {
    throw new Error(`the package ${PACKAGE} is not installed`);
  }
  while (!existsSync(join(directory, "bin", "swiftshader.tar.br"))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`the package ${PACKAGE} holds no swiftshader.tar.br`);
    directory = parent;
  }
  return directory;
}

function cached(name: string, archive: () => Uint8Array): string {
  let last: unknown;
  for (const base of cacheFolders()) {
    const directory = join(base, name);
    try {
      mkdirSync(base, { recursive: true, mode: 0o700 });
      assertOwn(base);
      if (!existsSync(directory)) unpack(directory, archive());
      return directory;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`it could not be unpacked: ${last instanceof Error ? last.message : String(last)}`);
}

function cacheFolders(): string[] {
  const folders = [join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "wgrad")];
  folders.push(join(tmpdir(), `wgrad-${userInfo().uid}`));
  return folders;
}

/** A library is loaded from here: nobody else may have put it there. */
function assertOwn(directory: string): void {
  const { uid } = statSync(directory);
  if (uid !== userInfo().uid) throw new Error(`${directory} belongs to another user`);
}

/** Unpacks beside the target and renames, so that a process never sees half a folder. */
function unpack(directory: string, archive: Uint8Array): void {
  const partial = `${directory}.${randomUUID()}`;
  mkdirSync(partial, { mode: 0o700 });
  try {
    for (const { name, data } of tarFiles(archive)) {
      if (FILES.has(basename(name))) writeFileSync(join(partial, basename(name)), data, { mode: 0o700 });
    }
    for (const file of FILES)
      if (!existsSync(join(partial, file))) throw new Error(`the archive lacks ${file}`);
    renameSync(partial, directory);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(directory)) throw error; // otherwise another process was faster
  }
}
