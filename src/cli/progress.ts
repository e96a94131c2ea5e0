import cliProgress from "cli-progress";
import { formatCount, formatDuration, formatShare } from "./format.ts";

/** What of a writable stream the command line needs. */
export interface TextStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface ProgressOptions {
  /** What is under way, such as `epoch 2/5`. */
  readonly label: string;
  /** The number of steps at which it is done. */
  readonly total: number;
  /** Steps done before, when resumed. */
  readonly start?: number;
  /** Images a step handles; without it no images/s are shown. */
  readonly imagesPerStep?: number;
  readonly quiet?: boolean;
  readonly stream?: TextStream;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

export interface ProgressStatus {
  readonly loss?: number | undefined;
  /** In [0, 1]. */
  readonly accuracy?: number | undefined;
}

export interface Progress {
  /** Tells that `done` of `total` steps are over. Cheap enough for every step. */
  update(done: number, status?: ProgressStatus): void;
  /** Shows the last state and ends the line; call it in a `finally`. Does nothing the second time. */
  stop(): void;
}

const LINE_MILLISECONDS = 5_000;
const LINE_SHARE = 0.1;
const RATE_WINDOW_MILLISECONDS = 10_000;
/** Columns that the usual status takes, and the percentage with the spaces around it. */
const STATUS_COLUMNS = 58;
const PERCENTAGE_COLUMNS = 8;

/** A bar on a terminal, a plain line now and then elsewhere, nothing when quiet; on stderr unless a stream is given. */
export function startProgress(options: ProgressOptions): Progress {
  if (options.quiet) return { update: () => {}, stop: () => {} };
  const stream = options.stream ?? process.stderr;
  return stream.isTTY ? new BarProgress(options, stream) : new LineProgress(options, stream);
}

/** Steps a second over the last seconds, so that a slow first step does not spoil the estimate for long. */
class Rate {
  readonly #now: () => number;
  readonly #samples: { time: number; done: number }[];

  constructor(now: () => number, start: number) {
    this.#now = now;
    this.#samples = [{ time: now(), done: start }];
  }

  /** Steps a second up to `done`; 0 before the first step is over. */
  sample(done: number): number {
    const time = this.#now();
    const last = this.#samples.at(-1);
    // A sample a tenth of a second is enough, however many steps fit in.
    if (last === undefined || time - last.time >= 100) this.#samples.push({ time, done });
    while (this.#samples.length > 2 && time - (this.#samples[1]?.time ?? time) > RATE_WINDOW_MILLISECONDS) {
      this.#samples.shift();
    }
    const first = this.#samples[0];
    if (first === undefined || time <= first.time) return 0;
    return ((done - first.done) * 1000) / (time - first.time);
  }
}

/** `loss 0.1234`, `accuracy 97.31 %`, `8 s left` and `1,234 images/s`, what is unknown left out. */
function describe(
  options: ProgressOptions,
  done: number,
  stepsPerSecond: number,
  status: ProgressStatus,
): string[] {
  const parts: string[] = [];
  if (status.loss !== undefined) parts.push(`loss ${formatLoss(status.loss)}`);
  if (status.accuracy !== undefined) parts.push(`accuracy ${formatShare(status.accuracy)}`);
  if (stepsPerSecond > 0) {
    if (done < options.total) parts.push(`${formatDuration((options.total - done) / stepsPerSecond)} left`);
    if (options.imagesPerStep) parts.push(formatRate(stepsPerSecond * options.imagesPerStep));
  }
  return parts;
}

function formatLoss(loss: number): string {
  return Math.abs(loss) >= 1e-3 && Math.abs(loss) < 1e4 ? loss.toFixed(4) : loss.toPrecision(3);
}

function formatRate(imagesPerSecond: number): string {
  return `${imagesPerSecond < 10 ? imagesPerSecond.toFixed(1) : formatCount(imagesPerSecond)} images/s`;
}

class BarProgress implements Progress {
  readonly #options: ProgressOptions;
  readonly #rate: Rate;
  /** Columns left for the status: what does not fit whole is left out. */
  readonly #room: number;
  readonly #bar: InstanceType<typeof cliProgress.SingleBar>;

  constructor(options: ProgressOptions, stream: TextStream) {
    this.#options = options;
    const start = options.start ?? 0;
    const columns = (stream.columns ?? 80) - options.label.length - PERCENTAGE_COLUMNS;
    const barsize = Math.min(30, Math.max(6, columns - STATUS_COLUMNS));
    this.#room = columns - barsize;
    this.#rate = new Rate(options.now ?? Date.now, start);
    this.#bar = new cliProgress.SingleBar({
      format: "{label} {bar} {percentage} % {status}",
      stream: withoutCursorMemory(stream),
      barsize,
      barCompleteChar: "█",
      barIncompleteChar: "░",
      // Long lines are cut instead: an interrupt then leaves no terminal with wrapping off.
      linewrap: true,
    });
    this.#bar.start(options.total, start, { label: options.label, status: "" });
  }

  update(done: number, status: ProgressStatus = {}): void {
    let text = "";
    for (const part of describe(this.#options, done, this.#rate.sample(done), status)) {
      const longer = text === "" ? part : `${text}, ${part}`;
      if (longer.length > this.#room) break;
      text = longer;
    }
    this.#bar.update(done, { status: text });
  }

  stop(): void {
    this.#bar.stop();
  }
}

/** cli-progress goes back to where its bar began when it ends, which is wrong once notices have scrolled the screen. */
function withoutCursorMemory(stream: TextStream): TextStream {
  return {
    isTTY: true,
    get columns() {
      return stream.columns;
    },
    write: (text) => (text === "\x1b7" || text === "\x1b8" ? true : stream.write(text)),
  };
}

class LineProgress implements Progress {
  readonly #options: ProgressOptions;
  readonly #stream: TextStream;
  readonly #now: () => number;
  readonly #rate: Rate;
  #shownTime: number;
  #shownDone: number;
  #last: { done: number; line: string } | undefined;

  constructor(options: ProgressOptions, stream: TextStream) {
    this.#options = options;
    this.#stream = stream;
    this.#now = options.now ?? Date.now;
    this.#shownDone = options.start ?? 0;
    this.#rate = new Rate(this.#now, this.#shownDone);
    this.#shownTime = this.#now();
  }

  update(done: number, status: ProgressStatus = {}): void {
    const { label, total } = this.#options;
    const parts = describe(this.#options, done, this.#rate.sample(done), status);
    this.#last = { done, line: [`${label} ${formatCount(done)}/${formatCount(total)}`, ...parts].join(", ") };
    const late = this.#now() - this.#shownTime >= LINE_MILLISECONDS;
    if (late || done - this.#shownDone >= total * LINE_SHARE) this.#show();
  }

  stop(): void {
    if (this.#last !== undefined && this.#last.done !== this.#shownDone) this.#show();
    this.#last = undefined;
  }

  #show(): void {
    if (this.#last === undefined) return;
    this.#stream.write(`${this.#last.line}\n`);
    this.#shownTime = this.#now();
    this.#shownDone = this.#last.done;
  }
}
