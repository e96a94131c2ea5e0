import { constants } from "node:os";
import { bundledSwiftShader } from "./swiftshader.ts";

const LOADER = "libvulkan.so.1";
/** Linux's RTLD_NODELETE, which Node does not name: the library stays when Node closes it. */
const STAY = 0x1000;

/**
 * Sees to it that Dawn finds a Vulkan loader: the system's, or else the bundled one, which finds the system's drivers
 * just as well. Before Dawn's first try, for Dawn looks for it then.
 */
export function ensureVulkanLoader(): void {
  if (process.platform !== "linux" || loads(LOADER, constants.dlopen.RTLD_LAZY)) return;
  const { RTLD_NOW, RTLD_GLOBAL } = constants.dlopen;
  loads(bundledSwiftShader().loader, RTLD_NOW | RTLD_GLOBAL | STAY);
}

/** Loads a library that is no Node add-on: Node says that it did not register itself, which means it is loaded. */
function loads(path: string, flags: number): boolean {
  try {
    process.dlopen({ exports: {} }, path, flags);
    return true;
  } catch (error) {
    return error instanceof Error && error.message.includes("did not self-register");
  }
}

const DRIVER_VARIABLES = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"] as const;

/** The drivers that the user chose by the environment, if any. */
export function chosenDrivers(): string | undefined {
  for (const name of DRIVER_VARIABLES) if (process.env[name]) return `${name}=${process.env[name]}`;
  return undefined;
}

/**
 * Runs body with one driver only. The loader reads the environment during the call itself, so it is put back at once
 * and neither child processes nor a later try see it.
 */
export function withDriver<T>(manifest: string, body: () => T): T {
  for (const name of DRIVER_VARIABLES) process.env[name] = manifest;
  try {
    return body();
  } finally {
    for (const name of DRIVER_VARIABLES) delete process.env[name];
  }
}
