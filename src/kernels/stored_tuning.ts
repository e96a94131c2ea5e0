import type { TuningStore } from "../device/tuning_store.ts";
import { TuningTable } from "./tuning_table.ts";

/** A table to go by, and why it is not the one that was looked for. */
export interface LoadedTuning {
  readonly table: TuningTable;
  /** A sentence, or null where all is well or nothing is stored. */
  readonly notice: string | null;
}

/** The stored table of an adapter; an empty one where there is none, or it is damaged or void, which the notice says. */
export async function loadTuning(store: TuningStore, identity: string): Promise<LoadedTuning> {
  const place = store.placeOf(identity);
  try {
    const text = await store.load(identity);
    if (text === undefined) return { table: new TuningTable(identity), notice: null };
    return usable([TuningTable.parse(text, place)], identity, `the tuning of ${place}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { table: new TuningTable(identity), notice: `the stored tuning is ignored: ${why}` };
  }
}

/** Of tables that come with an app, the adapter's. @throws DataError where one is no table */
export function givenTuning(given: object | readonly object[], identity: string): LoadedTuning {
  const tables = (Array.isArray(given) ? given : [given]).map((document) => TuningTable.parse(document));
  return usable(tables, identity, "the given tuning");
}

function usable(tables: readonly TuningTable[], identity: string, what: string): LoadedTuning {
  const table = tables.find((own) => own.voidFor(identity) === null);
  if (table) return { table, notice: null };
  const why = (tables.find((own) => own.adapter === identity) ?? tables[0])?.voidFor(identity);
  const notice = why ? `${what} is void: ${why}` : null;
  return { table: new TuningTable(identity), notice };
}

/** Keeps a table. @returns why that cannot be, or null */
export async function storeTuning(store: TuningStore, table: TuningTable): Promise<string | null> {
  try {
    await store.save(table.adapter, `${JSON.stringify(table, null, 2)}\n`);
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `the tuning cannot be stored in ${store.placeOf(table.adapter)}: ${why}`;
  }
}
