import type { TuningStore } from "./tuning_store.ts";

const database = "wgrad";
const table = "tuning";

/** Stored measurements in IndexedDB, a text an adapter; undefined where there is none, as in some private windows. */
export function browserTuningStore(): TuningStore | undefined {
  if (globalThis.indexedDB === undefined) return undefined;
  return {
    placeOf: (identity) => `IndexedDB ${database}/${table}/${identity}`,
    load: async (identity) => {
      const found: unknown = await run("readonly", (store) => store.get(identity));
      return typeof found === "string" ? found : undefined;
    },
    save: async (identity, text) => {
      await run("readwrite", (store) => store.put(text, identity));
    },
    remove: async (identity) => {
      await run("readwrite", (store) => store.delete(identity));
    },
  };
}

/** One request in a transaction of its own. */
async function run<Result>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const opening = globalThis.indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(table);
  const opened = await settled(opening);
  try {
    const transaction = opened.transaction(table, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [result] = await Promise.all([settled(ask(transaction.objectStore(table))), done]);
    return result;
  } finally {
    opened.close();
  }
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
