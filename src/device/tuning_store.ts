/** Where a platform keeps what was measured on an adapter: a text for each, by `tuningIdentity`. */
export interface TuningStore {
  /** The place of an adapter's text, for people: a file's path, or the name of a database. */
  placeOf(identity: string): string;
  /** The text, or undefined where there is none. Rejects where it cannot be read. */
  load(identity: string): Promise<string | undefined>;
  /** Replaces the text as a whole: a reader never sees half of it. */
  save(identity: string, text: string): Promise<void>;
  /** Forgets it; does nothing where there is none. */
  remove(identity: string): Promise<void>;
}
