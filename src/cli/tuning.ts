import { homedir } from "node:os";
import { sep } from "node:path";
import { tuningIdentity } from "../device/adapter.ts";
import type { Device } from "../device/device.ts";
import { nodeTuningStore } from "../device/node/tuning_folder.ts";
import type { TuningStore } from "../device/tuning_store.ts";
import { loadTuning, storeTuning } from "../kernels/stored_tuning.ts";
import { TuningTable } from "../kernels/tuning_table.ts";
import type { Output } from "./output.ts";

/** What a command goes by. */
export interface CommandTuning {
  readonly table: TuningTable;
  /** Undefined where nothing is to be kept. */
  readonly store: TuningStore | undefined;
}

/**
 * The stored table of a device's adapter; an empty one with `untuned` and where there is none, which a notice says.
 * @param unchecked the device runs shaders without bounds checks
 */
export async function openTuning(
  { adapter }: Device,
  output: Output,
  { untuned = false, unchecked = false }: { readonly untuned?: boolean; readonly unchecked?: boolean },
): Promise<CommandTuning> {
  const identity = tuningIdentity(adapter, unchecked);
  const store = nodeTuningStore();
  if (untuned || !store) return { table: new TuningTable(identity), store };
  const { table, notice } = await loadTuning(store, identity);
  if (notice !== null) output.notice(`Tuning:  ${notice}`);
  return { table, store };
}

/** Keeps a table and says where, or why not. */
export async function keepTuning({ table, store }: CommandTuning, output: Output): Promise<void> {
  if (!store) {
    output.notice("The tuning is not stored: WGRAD_TUNING is off.");
    return;
  }
  const problem = await storeTuning(store, table);
  output.notice(problem ?? `Stored:  ${fromHome(store.placeOf(table.adapter))}`);
}

/** A path as people write it: `~` for the user's home. */
export function fromHome(path: string): string {
  const home = homedir();
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
