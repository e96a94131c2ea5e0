import { UsageError } from "../device/errors.ts";
import type { MonitorOptions } from "../optim/schedules/monitor.ts";
import { Monitor } from "../optim/schedules/monitor.ts";

export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without an improvement after which training stops; 0 stops at the first. 5 by default. */
  readonly patience?: number;
  /** 0 by default: the smallest change for the better counts. */
  readonly minimumDelta?: number;
  /** Whether the weights of the best epoch are to be kept and put back at the end; true by default. */
  readonly restoreBest?: boolean;
}

/** What an epoch means for a training. */
export interface EarlyStoppingVerdict {
  /** The epoch is the best so far: keep its weights, where `restoreBest`. */
  readonly best: boolean;
  /** Stop here. */
  readonly stop: boolean;
}

/** What it remembers, for checkpoints: finite numbers. `best` is 0 while nothing has been `seen`. */
export interface EarlyStoppingState {
  readonly best: number;
  readonly seen: number;
  readonly waited: number;
  readonly bestEpoch: number;
  readonly epochs: number;
}

/**
 * Decides after each epoch whether training is to go on: Prechelt, "Early stopping – but when?", 1998, by the number of
 * epochs that brought nothing better, as Keras' EarlyStopping counts them. It holds no weights: whoever trains keeps those
 * of an epoch that is the `best`. One belongs to one training.
 */
export class EarlyStopping {
  readonly patience: number;
  readonly restoreBest: boolean;
  readonly #monitor: Monitor;
  #state: EarlyStoppingState = { best: 0, seen: 0, waited: 0, bestEpoch: 0, epochs: 0 };

  /** @throws UsageError where an option is out of range */
  constructor(options: EarlyStoppingOptions = {}) {
    const { patience = 5, restoreBest = true } = options;
    if (!Number.isSafeInteger(patience) || patience < 0) {
      const expected = "an integer of at least 0";
      throw new UsageError({
        where: "earlyStopping(patience)",
        problem: "wrong value",
        got: String(patience),
        expected,
      });
    }
    this.patience = patience;
    this.restoreBest = restoreBest;
    this.#monitor = new Monitor("earlyStopping", options);
  }

  /** With their defaults filled in: for records of runs. */
  get settings(): Readonly<Record<string, number | string | boolean>> {
    const { name, mode, minimumDelta } = this.#monitor;
    const { patience, restoreBest } = this;
    return { patience, minimumDelta, monitor: name, mode, restoreBest };
  }

  /** The best value so far; undefined before the first that is a number. */
  get best(): number | undefined {
    return this.#state.seen === 0 ? undefined : this.#state.best;
  }

  /** Of the best epoch, counted from 1 among those that it was told of; 0 while there is none. */
  get bestEpoch(): number {
    return this.#state.bestEpoch;
  }

  /**
   * Takes an epoch's report in.
   * @throws UsageError where it lacks the number that is watched
   */
  observe(report: object): EarlyStoppingVerdict {
    const value = this.#monitor.read(report);
    const epochs = this.#state.epochs + 1;
    if (Number.isFinite(value) && this.#monitor.improves(value, this.best)) {
      this.#state = { best: value, seen: 1, waited: 0, bestEpoch: epochs, epochs };
      return { best: true, stop: false };
    }
    const waited = this.#state.waited + 1;
    this.#state = { ...this.#state, waited, epochs };
    return { best: false, stop: waited >= Math.max(1, this.patience) };
  }

  state(): EarlyStoppingState {
    return this.#state;
  }

  /** Takes up what `state` gave. @throws UsageError where a field is missing or no number */
  restore(state: Readonly<Record<string, number>> | EarlyStoppingState): void {
    const fields = new Map<string, number>(Object.entries(state));
    const number = (field: keyof EarlyStoppingState): number => {
      const value = fields.get(field);
      if (value !== undefined && Number.isFinite(value)) return value;
      const where = `earlyStopping(${field})`;
      throw new UsageError({ where, problem: "what was saved lacks this number", got: String(value) });
    };
    this.#state = {
      best: number("best"),
      seen: number("seen"),
      waited: number("waited"),
      bestEpoch: number("bestEpoch"),
      epochs: number("epochs"),
    };
  }
}
