/** The most that one submit grows over the last: a first measurement may be far off. */
const GROWTH = 4;
/** How much of the last estimate stays. */
const MEMORY = 0.5;

/**
 * How many steps a submit takes, so that it lasts about as long as wanted: long enough to hide what a submit costs,
 * short enough for a page that answers. The steps' results do not depend on it.
 */
export class SubmitPacer {
  readonly #wanted: number;
  readonly #most: number;
  #millisecondsPerStep: number | undefined;
  #steps = 1;

  /**
   * @param wanted milliseconds a submit
   * @param most steps a submit
   */
  constructor(wanted: number, most: number) {
    this.#wanted = wanted;
    this.#most = most;
  }

  /** Steps of the next submit, at least 1. */
  get steps(): number {
    return this.#steps;
  }

  /** Tells how long a submit took. */
  observe(steps: number, milliseconds: number): void {
    const now = milliseconds / steps;
    const known = this.#millisecondsPerStep;
    this.#millisecondsPerStep = known === undefined ? now : MEMORY * known + (1 - MEMORY) * now;
    const fitting = Math.floor(this.#wanted / Math.max(this.#millisecondsPerStep, 1e-6));
    this.#steps = Math.max(1, Math.min(fitting, GROWTH * this.#steps, this.#most));
  }
}

/** Measures submits that follow each other: one begins when the one before it ends. */
export class SubmitClock {
  readonly #now: () => number;
  #lastEnd = 0;

  /** @param now milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Starts at a submit; the function returned gives the milliseconds when its work is over. */
  start(): () => number {
    const submitted = this.#now();
    return () => {
      const end = this.#now();
      const milliseconds = end - Math.max(submitted, this.#lastEnd);
      this.#lastEnd = end;
      return milliseconds;
    };
  }
}
