import { NonFiniteError } from "../../device/errors.ts";
import type { Model } from "../../nn/module.ts";
import type { Engine, Step } from "../../plan/engine.ts";
import { maxRows } from "../../plan/program.ts";
import { findOrigin } from "./diagnosis.ts";
import type { RecoveryOptions } from "./recovery.ts";
import { Recovery } from "./recovery.ts";
import type { Played, Point } from "./rewind.ts";
import { Sentinel } from "./sentinel.ts";

export interface GuardOptions {
  readonly sentinel?: boolean | undefined;
  readonly recovery?: RecoveryOptions | false | undefined;
}

/** What a training is held against: values that are not finite, and the loss of its device. */
export class Guard {
  readonly sentinel: Sentinel | undefined;
  readonly recovery: Recovery;
  readonly #engine: Engine;
  readonly #model: Model;
  /** Whether anything ever goes back. */
  readonly #rewinds: boolean;

  constructor(
    engine: Engine,
    model: Model,
    { sentinel = true, recovery = {} }: GuardOptions,
    fresh: () => boolean,
  ) {
    this.sentinel = sentinel ? new Sentinel(maxRows) : undefined;
    this.recovery = new Recovery(engine, recovery, fresh);
    this.#engine = engine;
    this.#model = model;
    this.#rewinds = sentinel || recovery !== false;
  }

  /** Before a step is played. */
  async begin(step: Step): Promise<void> {
    if (this.#rewinds) await this.recovery.run(() => this.recovery.rewind.begin(step));
  }

  /** For each of the last submit's first steps whether all that it wrote is finite; undefined where nobody looks. */
  async read(rows: number): Promise<readonly boolean[] | undefined> {
    return this.sentinel?.read(this.#engine, rows);
  }

  /** Runs what the host writes for a submit: it is part of the submit, and no change from outside. */
  prepare(body: () => void): void {
    this.recovery.rewind.ours(body);
  }

  copyIfDue(step: Step): Promise<Point | undefined> | undefined {
    return this.#rewinds ? this.recovery.rewind.copyIfDue(step) : undefined;
  }

  /** A submit's results were read, and are finite. */
  passed(played: Played, point: Point | undefined): void {
    this.recovery.progressed();
    if (this.#rewinds) this.recovery.rewind.passed(played, point);
  }

  /** Leaves the device as it was before a row of a submit, and says what in that row was not finite first. */
  async stopBefore(submit: Played, wrong: number): Promise<NonFiniteError> {
    const { rewind } = this.recovery;
    const rows = submit.rows.slice(0, wrong);
    const values = submit.rows[wrong];
    if (!values) throw new Error("internal: a step that was not played");
    const origin = await this.recovery.run(async () => {
      rewind.restore();
      this.#replay({ ...submit, rows });
      if (rows.length === 0) this.prepare(submit.prepare);
      const watched = this.sentinel?.states ?? new Set();
      return findOrigin(this.#engine, submit.step.source.graph, values, this.#model.parameterSet, watched);
    });
    await this.recovery.run(async () => {
      rewind.restore();
      this.#replay({ ...submit, rows });
      await this.#engine.device.idle();
    });
    if (rows.length > 0) rewind.passed({ ...submit, rows });
    return new NonFiniteError({ ...origin, step: values.index + 1 });
  }

  #replay({ step, rows, prepare }: Played): void {
    if (rows.length === 0) return;
    this.prepare(prepare);
    step.replay(rows);
  }
}
