/** The Chromium of @sparticuz/chromium: no download, no root and no system package beyond a C library. */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { brotliDecompress, createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import { tarFiles } from "../../src/device/node/tar.ts";

const PACKAGE = "@sparticuz/chromium";

/** Names a Chromium or Chrome to use instead, for machines that the package has none for. */
const CHOSEN = "WGRAD_CHROMIUM";

/** False where there is no Chromium to launch: then the browser tests are skipped. */
export const hasChromium =
  process.env[CHOSEN] !== undefined || (process.platform === "linux" && process.arch === "x64");

const FLAGS = [
  "--enable-unsafe-webgpu", // software adapters count as unsafe
  "--use-webgpu-adapter=swiftshader",
  "--disable-gpu-watchdog", // on a busy machine a software adapter takes longer than a GPU may
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-pings",
  "--font-render-hinting=none",
];

/** Launches a headless Chromium with WebGPU on its own SwiftShader, unpacked at the first call. */
export async function launchChromium(): Promise<Browser> {
  const chosen = process.env[CHOSEN];
  const folder = chosen === undefined ? await unpacked() : undefined;
  return chromium.launch({
    executablePath: chosen ?? join(folder ?? "", "chromium"),
    args: FLAGS,
    chromiumSandbox: false,
    env: folder === undefined ? plainEnvironment() : environment(folder),
  });
}

/** What the browser may see of this process's environment; the choice of a driver is not for it. */
function plainEnvironment(): Record<string, string> {
  const hidden = new Set(["VK_DRIVER_FILES", "VK_ICD_FILENAMES"]);
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !hidden.has(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

function environment(folder: string): Record<string, string> {
  const libraries = [join(folder, "lib"), process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  // The bundled fonts and no others, so that a screenshot looks alike everywhere.
  return {
    ...plainEnvironment(),
    LD_LIBRARY_PATH: libraries,
    FONTCONFIG_FILE: join(folder, "wgrad-fonts.conf"),
  };
}

/** The folder with the executable, its libraries and its fonts. */
async function unpacked(): Promise<string> {
  const bin = packageBin();
  const { version } = JSON.parse(await readFile(join(bin, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(await cacheFolder(), `chromium-${version}`);
  if (!existsSync(folder)) await unpack(bin, folder);
  return folder;
}

/** The package does not export its package.json, so walk up from its entry. */
function packageBin(): string {
  let directory = dirname(createRequire(import.meta.url).resolve(PACKAGE));
  while (!existsSync(join(directory, "bin", "chromium.br"))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`the package ${PACKAGE} holds no chromium.br`);
    directory = parent;
  }
  return join(directory, "bin");
}

/** The user's cache, or a folder for temporary files where that cannot be written. */
async function cacheFolder(): Promise<string> {
  const folders = [
    join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "wgrad"),
    join(tmpdir(), `wgrad-${userInfo().uid}`),
  ];
  const problems: string[] = [];
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // A program is run from here: nobody else may have put it there.
      if ((await stat(folder)).uid === userInfo().uid) return folder;
      problems.push(`${folder} belongs to another user`);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`Chromium cannot be unpacked: ${problems.join("; ")}`);
}

/** Unpacks beside the target and renames, so that a process never sees half a folder. */
async function unpack(bin: string, folder: string): Promise<void> {
  const partial = `${folder}.${randomUUID()}`;
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const program = createWriteStream(join(partial, "chromium"), { mode: 0o700 });
    await Promise.all([
      pipeline(createReadStream(join(bin, "chromium.br")), createBrotliDecompress(), program),
      ...["swiftshader", "al2023", "fonts"].map((name) => unpackTar(join(bin, `${name}.tar.br`), partial)),
    ]);
    await writeFile(join(partial, "wgrad-fonts.conf"), fontsConfiguration(folder));
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // otherwise another process was faster
  }
}

async function unpackTar(archive: string, folder: string): Promise<void> {
  const bytes = await promisify(brotliDecompress)(await readFile(archive));
  for (const { name, data } of tarFiles(bytes)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, data, { mode: 0o700 });
  }
}

function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "font-cache")}</cachedir>
</fontconfig>
`;
}
