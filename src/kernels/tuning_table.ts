import { DataError } from "../device/errors.ts";
import type { Choices } from "./choices.ts";
import { untuned } from "./choices.ts";
import { kernelHash } from "./generated/hash.ts";
import { hashText } from "./hash_text.ts";
import type { KernelRequest } from "./kernel.ts";
import { tuningKey } from "./tuning_key.ts";

/** How one candidate did. */
export interface TunedCandidate {
  readonly name: string;
  /** Of one run, the median of its samples; null where it was not timed. */
  readonly milliseconds: number | null;
  /** Why it was not in the running to the end. */
  readonly out?: string;
}

/** What was found for a key. */
export interface TuningEntry {
  /** The name of the candidate to take. */
  readonly choice: string;
  /** What would be taken untuned, at the sizes that were measured. */
  readonly default: string;
  /** The default's time by the choice's, sample by sample: 1 where they are the same. */
  readonly ratio: number;
  /** Twice the standard error of that ratio: with less than this, the default would have stayed. */
  readonly noise: number;
  /** The default first. */
  readonly candidates: readonly TunedCandidate[];
  /** Of the names of all candidates that there were. */
  readonly list: string;
}

/** Whether a whole program was faster with its answers than without. */
export interface ProgramVerdict {
  /** What it is, in a few words. */
  readonly label: string;
  readonly use: "tuned" | "untuned";
  readonly untunedMilliseconds: number;
  readonly tunedMilliseconds: number;
  /** Untuned time by tuned time. */
  readonly ratio: number;
  readonly noise: number;
  /** Why it goes untuned, where it does. */
  readonly why?: string;
}

/** The form of a stored table. */
export interface TuningDocument {
  readonly version: 1;
  /** `tuningIdentity` of the adapter. */
  readonly adapter: string;
  readonly kernelHash: string;
  readonly entries: Readonly<Record<string, TuningEntry>>;
  /** By `programKey`. */
  readonly programs: Readonly<Record<string, ProgramVerdict>>;
}

/** What was measured on one adapter: answers by key, each with every candidate's time, so that it can be explained. */
export class TuningTable implements Choices {
  readonly adapter: string;
  readonly kernelHash: string;
  readonly #entries = new Map<string, TuningEntry>();
  readonly #programs = new Map<string, ProgramVerdict>();

  constructor(adapter: string, hash = kernelHash) {
    this.adapter = adapter;
    this.kernelHash = hash;
  }

  /** Whether anything was measured. */
  get empty(): boolean {
    return this.#entries.size === 0;
  }

  get entries(): ReadonlyMap<string, TuningEntry> {
    return this.#entries;
  }

  get programs(): ReadonlyMap<string, ProgramVerdict> {
    return this.#programs;
  }

  /** An answer for these candidates, whatever it is; undefined where nothing near was measured. */
  find(subject: string, request: KernelRequest, candidates: readonly string[]): TuningEntry | undefined {
    const entry = this.#entries.get(tuningKey(subject, request));
    return entry?.list === listHash(candidates) ? entry : undefined;
  }

  pick(subject: string, request: KernelRequest, candidates: readonly string[]): string | undefined {
    const entry = this.find(subject, request, candidates);
    // Where the default won, the rule that chose it knows the exact sizes.
    return entry && entry.choice !== entry.default ? entry.choice : undefined;
  }

  set(key: string, entry: TuningEntry): void {
    this.#entries.set(key, entry);
  }

  setProgram(key: string, verdict: ProgramVerdict): void {
    this.#programs.set(key, verdict);
  }

  /** The answers for a program: none where it was measured to be no faster with them. */
  choicesFor(program: string): Choices {
    return this.#programs.get(program)?.use === "untuned" ? untuned : this;
  }

  /** Why this table cannot serve an adapter, or null. */
  voidFor(adapter: string): string | null {
    if (this.adapter !== adapter) return `it was measured on ${this.adapter}, not on ${adapter}`;
    if (this.kernelHash !== kernelHash) return "it was measured with other kernels";
    return null;
  }

  toJSON(): TuningDocument {
    const { adapter, kernelHash: hash } = this;
    return {
      version: 1,
      adapter,
      kernelHash: hash,
      entries: Object.fromEntries(sorted(this.#entries)),
      programs: Object.fromEntries(sorted(this.#programs)),
    };
  }

  /**
   * Reads a stored table.
   * @param document its text or what `JSON.parse` made of it
   * @throws DataError where it is none
   */
  static parse(document: unknown, where = "tuning"): TuningTable {
    const value = asRecord(typeof document === "string" ? parseJson(document, where) : document);
    const { version, adapter, kernelHash: hash } = value;
    if (version !== 1 || typeof adapter !== "string" || typeof hash !== "string") {
      const problem = "it is no table of a tuner, or one of another version";
      throw new DataError({ where, problem, got: `version ${String(version)}`, expected: "version 1" });
    }
    const table = new TuningTable(adapter, hash);
    for (const [key, entry] of Object.entries(asRecord(value["entries"]))) {
      if (!isEntry(entry)) throw new DataError({ where, problem: "a damaged entry", got: key });
      table.set(key, entry);
    }
    for (const [key, verdict] of Object.entries(asRecord(value["programs"]))) {
      if (!isVerdict(verdict)) throw new DataError({ where, problem: "a damaged verdict", got: key });
      table.setProgram(key, verdict);
    }
    return table;
  }
}

/** Tells lists of candidates apart. */
export const listHash = (candidates: readonly string[]): string =>
  hashText(candidates.join("\n")).slice(0, 8);

const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError({ where, problem: "it is no JSON" }, { cause });
  }
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const isTime = (value: unknown): value is number => typeof value === "number" && value >= 0;

function isEntry(value: unknown): value is TuningEntry {
  const { choice, default: usual, ratio, noise, candidates, list } = asRecord(value);
  return (
    [choice, usual, list].every((text) => typeof text === "string") &&
    [ratio, noise].every(isTime) &&
    Array.isArray(candidates) &&
    candidates.every((candidate) => {
      const { name, milliseconds } = asRecord(candidate);
      return typeof name === "string" && (milliseconds === null || isTime(milliseconds));
    })
  );
}

function isVerdict(value: unknown): value is ProgramVerdict {
  const { label, use, untunedMilliseconds, tunedMilliseconds, ratio, noise } = asRecord(value);
  return (
    typeof label === "string" &&
    (use === "tuned" || use === "untuned") &&
    [untunedMilliseconds, tunedMilliseconds, ratio, noise].every(isTime)
  );
}
