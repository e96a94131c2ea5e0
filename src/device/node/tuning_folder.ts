import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { TuningStore } from "../tuning_store.ts";

/**
 * The folder of stored measurements, a JSON file an adapter: `WGRAD_TUNING` names it, `off` there means none; by default
 * `wgrad/tuning` in the user's cache.
 */
export function nodeTuningStore(): TuningStore | undefined {
  const chosen = process.env["WGRAD_TUNING"];
  if (chosen === "off") return undefined;
  return new TuningFolder(chosen ? resolve(chosen) : join(cacheFolder(), "wgrad", "tuning"));
}

/** Where the platform keeps what can be made again. */
function cacheFolder(): string {
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Caches");
    case "win32":
      return process.env["LOCALAPPDATA"] || join(homedir(), "AppData", "Local");
    default:
      return process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  }
}

class TuningFolder implements TuningStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  placeOf(identity: string): string {
    return join(this.#folder, `${identity}.json`);
  }

  async load(identity: string): Promise<string | undefined> {
    try {
      return await readFile(this.placeOf(identity), "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Written beside its place and renamed. */
  async save(identity: string, text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const partial = `${this.placeOf(identity)}.${randomUUID()}`;
    try {
      await writeFile(partial, text);
      await rename(partial, this.placeOf(identity));
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  async remove(identity: string): Promise<void> {
    await rm(this.placeOf(identity), { force: true });
  }
}
