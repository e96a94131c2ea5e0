import { isMainThread } from "node:worker_threads";
import { type Create, instanceFor, retire } from "./node/instances.ts";
import { bundledSwiftShader } from "./node/swiftshader.ts";
import { askWithDriver, chosenDrivers, ensureVulkanLoader } from "./node/vulkan.ts";
import type { Attempt, OpenOptions, Platform } from "./open.ts";

/** Dawn in Node: a GPU first, then a software driver of the system, then the bundled SwiftShader. */
export const nodePlatform: Platform = {
  name: "Node",
  help:
    "install a GPU driver with Vulkan, Metal or Direct3D 12, or a software driver (Debian: mesa-vulkan-drivers), or on " +
    "Linux x64 the npm package @sparticuz/chromium",
  async *attempts(options: OpenOptions): AsyncIterable<Attempt> {
    let create: Create;
    try {
      ({ create } = await import("webgpu"));
    } catch (error) {
      yield failed("the package webgpu (Dawn)", error);
      return;
    }
    const flags = dawnFlags(options);
    if (options.nullBackend) {
      yield await attempt("Dawn's null backend", () => request(create, [...flags, "backend=null"], options));
      return;
    }
    yield* systemAttempts(create, flags, options);
    const drivers = chosenDrivers();
    if (drivers) {
      yield failed("the bundled SwiftShader", `not tried, since ${drivers} chooses the driver`);
      return;
    }
    yield await bundledAttempt(create, flags, options);
  },
};

/** The globals that a page has and Node lacks, such as `GPUBufferUsage`. */
export async function webgpuConstants(): Promise<Readonly<Record<string, unknown>>> {
  const { globals } = await import("webgpu");
  return { ...globals };
}

function dawnFlags(options: OpenOptions): string[] {
  const flags = ["disable-dawn-features=timestamp_quantization"]; // it rounds timestamps to 0.1 ms
  if (options.unchecked) flags.push("enable-dawn-features=disable_robustness");
  return flags;
}

/** The adapter that Dawn prefers, then each other that it lists. */
async function* systemAttempts(
  create: Create,
  flags: string[],
  options: OpenOptions,
): AsyncIterable<Attempt> {
  const what = `the system's drivers${chosenDrivers() ? ` (${chosenDrivers()})` : ""}`;
  try {
    ensureVulkanLoader();
  } catch (error) {
    // Not the end: Dawn may bring its own way. Without a loader the next try says that there is no adapter.
    yield failed("a Vulkan loader", error);
  }
  const first = await attempt(what, () => request(create, flags, options));
  yield first;
  if (!first.adapter) return;
  for (const name of await listed(create, flags)) {
    yield await attempt(`${what}, ${name}`, () => request(create, [...flags, `adapter=${name}`], options));
  }
}

async function bundledAttempt(create: Create, flags: string[], options: OpenOptions): Promise<Attempt> {
  const what = "the bundled SwiftShader";
  try {
    const { driver } = bundledSwiftShader();
    const made = await attempt(what, () => request(create, flags, options, driver));
    if (made.adapter) return { ...made, bundled: true };
    const hint = isMainThread
      ? undefined
      : `a worker thread cannot choose it; start node with VK_DRIVER_FILES=${driver}`;
    return { ...made, problem: made.problem ?? hint };
  } catch (error) {
    return failed(what, error);
  }
}

interface Request {
  readonly gpu: GPU;
  readonly adapter: Promise<GPUAdapter | null>;
}

/** An adapter asked of Dawn. The asking starts at once, synchronously. */
function request(create: Create, flags: readonly string[], options: OpenOptions, driver?: string): Request {
  const gpu = instanceFor(create, flags, driver ?? chosenDrivers() ?? "");
  const powerPreference = options.powerPreference ?? "high-performance";
  return { gpu, adapter: askWithDriver(driver, () => gpu.requestAdapter({ powerPreference })) };
}

async function attempt(what: string, ask: () => Request): Promise<Attempt> {
  try {
    const { gpu, adapter } = ask();
    return { what, adapter: await adapter, again: () => ask().adapter, lost: () => retire(gpu) };
  } catch (error) {
    return failed(what, error);
  }
}

function failed(what: string, why: unknown): Attempt {
  const problem = why instanceof Error ? why.message : String(why);
  return { what, adapter: null, problem };
}

/** The adapters' names: Dawn lists them when it is asked for one that does not exist. */
async function listed(create: Create, flags: string[]): Promise<string[]> {
  const probe = await attempt("list", () => request(create, [...flags, "adapter=\u0001"], {}));
  return [...(probe.problem ?? "").matchAll(/name: '([^']+)'/g)].map((match) => match[1] ?? "");
}
