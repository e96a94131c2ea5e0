import { constants, tmpdir } from "node:os";
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
 * Asks Dawn for an adapter with one driver only, or with all of the system's. The loader reads the environment during
 * the call itself, so it is put back at once, and neither child processes nor a later try see the change.
 */
export function askWithDriver<T>(manifest: string | undefined, ask: () => T): T {
  const changes: Record<string, string> = {};
  // Mesa's drivers print an error where it is missing, for windows that nobody wants to open.
  if (process.platform === "linux" && !process.env.XDG_RUNTIME_DIR) changes.XDG_RUNTIME_DIR = tmpdir();
  if (manifest) for (const name of DRIVER_VARIABLES) changes[name] = manifest;
  const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, changes);
  try {
    return ask();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
