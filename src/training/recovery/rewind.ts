import { DeviceLostError } from "../../device/errors.ts";
import type { State } from "../../graph/leaves.ts";
import type { StepValues } from "../../kernels/step.ts";
import type { TypedArray } from "../../kernels/types.ts";
import type { Engine, Step } from "../../plan/engine.ts";

/** Steps as a submit ran them: running them again from the same state gives the same bits. */
export interface Played {
  readonly step: Step;
  readonly rows: readonly StepValues[];
  /** Writes what the steps read besides state that they update: the order of the epoch. */
  readonly prepare: () => void;
}

/** State as it was between two submits, in the host's memory. */
export interface Point {
  readonly values: ReadonlyMap<State, TypedArray>;
  readonly takenIn: number;
}

/** A point is taken seldom enough to cost at most this share of the time. */
const SHARE = 0.02;

/**
 * The way back to the last good state: a copy of all that steps overwrite, and the submits that ran since. It serves
 * where the device is lost, and where a value stops being finite.
 */
export class Rewind {
  readonly #engine: Engine;
  readonly #milliseconds: number;
  #point: Point | undefined;
  #writes: ReadonlyMap<State, number> = new Map();
  #log: Played[] = [];
  #takenAt = 0;

  /** @param milliseconds from one point to the next */
  constructor(engine: Engine, milliseconds: number) {
    this.#engine = engine;
    this.#milliseconds = milliseconds;
  }

  /** Whether there is a state to go back to. */
  get ready(): boolean {
    return this.#point !== undefined && this.covers([...this.#point.values.keys()]);
  }

  /** Forgets it all: the host has changed state, or is about to. */
  drop(): void {
    this.#point = undefined;
    this.#log = [];
  }

  /** Whether the host wrote nothing to these states since the point was taken. */
  covers(states: readonly State[]): boolean {
    const values = this.#point?.values;
    return states.every(
      (state) => values?.has(state) && this.#writes.get(state) === this.#engine.writesOf(state),
    );
  }

  /** Before a step is played: makes sure that there is a point with all that it overwrites. */
  async begin(step: Step): Promise<void> {
    const states = statesOf(step);
    if (this.covers(states)) return;
    const started = performance.now();
    const values = await Promise.all(states.map((state) => this.#engine.readState(state)));
    this.#adopt({ values: pairs(states, values), takenIn: performance.now() - started });
  }

  /** Starts to copy state as it is after what was submitted last, where it is time to; what follows does not wait. */
  copyIfDue(step: Step): Promise<Point | undefined> | undefined {
    const wanted = Math.max(this.#milliseconds, (this.#point?.takenIn ?? 0) / SHARE);
    if (performance.now() - this.#takenAt < wanted) return undefined;
    this.#takenAt = performance.now();
    return this.#copy(statesOf(step));
  }

  /** A submit went well: it counts from now on, and its point, if one was taken after it. */
  passed(played: Played, point?: Point): void {
    if (point) this.#adopt(point);
    else this.#log.push(played);
  }

  /** Puts the device where it was after the last submit that passed. */
  restore(): void {
    const values = this.#point?.values ?? new Map<State, TypedArray>();
    try {
      for (const [state, own] of values) this.#engine.writeState(state, own);
    } finally {
      this.#noteWrites(values.keys());
    }
    for (const played of this.#log) {
      this.ours(played.prepare);
      played.step.replay(played.rows);
    }
  }

  /** What body writes to state is part of a submit, and done again with it. */
  ours(body: () => void): void {
    const states = [...this.#writes.keys()];
    const before = states.map((state) => this.#engine.writesOf(state));
    body();
    const after = states.map((state, index) => this.#engine.writesOf(state) - (before[index] ?? 0));
    this.#writes = new Map(
      states.map((state, at) => [state, (this.#writes.get(state) ?? 0) + (after[at] ?? 0)]),
    );
  }

  async #copy(states: readonly State[]): Promise<Point | undefined> {
    const started = performance.now();
    try {
      const values = await Promise.all(states.map((state) => this.#engine.readState(state)));
      return { values: pairs(states, values), takenIn: performance.now() - started };
    } catch (error) {
      // Without memory for a copy the last point and a longer log serve as well.
      if (error instanceof DeviceLostError) throw error;
      return undefined;
    }
  }

  #adopt(point: Point): void {
    this.#point = point;
    this.#noteWrites(point.values.keys());
    this.#log = [];
    this.#takenAt = performance.now();
  }

  #noteWrites(states: Iterable<State>): void {
    this.#writes = new Map([...states].map((state) => [state, this.#engine.writesOf(state)]));
  }
}

/** All that a step overwrites. */
export function statesOf(step: Step): State[] {
  return [...new Set(step.source.graph.updates.map(({ state }) => state))];
}

function pairs(states: readonly State[], values: readonly TypedArray[]): Map<State, TypedArray> {
  return new Map(
    states.flatMap((state, index): [State, TypedArray][] => {
      const own = values[index];
      return own ? [[state, own]] : [];
    }),
  );
}
