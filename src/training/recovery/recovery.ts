import { DeviceLostError } from "../../device/errors.ts";
import type { Engine } from "../../plan/engine.ts";
import { Rewind } from "./rewind.ts";

export interface RecoveryOptions {
  /**
   * Seconds from one copy of all state in the host's memory to the next; 5 by default. After a loss at most the steps of
   * so long are done again. Where copying is slow it is done more seldom.
   */
  readonly everySeconds?: number;
}

/** Losses without a step between them after which a training gives up. */
const ATTEMPTS = 3;

/** Brings a training back after its device was lost: opens another, restores, plays the steps since once more. */
export class Recovery {
  readonly rewind: Rewind;
  readonly #engine: Engine;
  readonly #enabled: boolean;
  readonly #fresh: () => boolean;
  #losses = 0;
  #generation: number;

  /** @param fresh whether nothing is lost with the device, because all state has its initial values */
  constructor(engine: Engine, options: RecoveryOptions | false, fresh: () => boolean) {
    const { everySeconds = 5 } = options || {};
    this.rewind = new Rewind(engine, 1000 * everySeconds);
    this.#engine = engine;
    this.#enabled = options !== false;
    this.#fresh = fresh;
    this.#generation = engine.generation;
  }

  /**
   * Runs what may be run again, after a loss on another device with this training's state.
   * @throws DeviceLostError where recovery is off, or has failed too often
   */
  async run<Result>(body: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        this.#takeUp();
        return await body();
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  /** After a loss: leaves the device as it was after the last submit that passed. Everything else is thrown on. */
  async recover(error: unknown): Promise<void> {
    for (let cause = error; ; ) {
      const able = this.#enabled && this.#engine.canReopen && this.#restorable;
      if (!(cause instanceof DeviceLostError) || !able || this.#losses >= ATTEMPTS) throw cause;
      this.#losses++;
      try {
        await this.#engine.reopen();
        this.#generation = this.#engine.generation;
        this.rewind.restore();
        return;
      } catch (next) {
        cause = next;
      }
    }
  }

  /** Steps were done: another loss is another accident. */
  progressed(): void {
    this.#losses = 0;
  }

  /** The host has given state other values: there is nothing to bring back until steps follow. */
  reset(): void {
    this.rewind.drop();
    this.#generation = this.#engine.generation;
  }

  get #restorable(): boolean {
    return this.rewind.ready || this.#fresh();
  }

  /** Where somebody else reopened the engine, state is brought back before it is used. */
  #takeUp(): void {
    if (this.#generation === this.#engine.generation || !this.#enabled) return;
    if (!this.#restorable) throw new DeviceLostError("trainer", "unknown", "its state went with it");
    this.#generation = this.#engine.generation;
    this.rewind.restore();
  }
}
