import { UsageError, WgradError } from "../device/errors.ts";
import { type Progress, type ProgressOptions, startProgress, type TextStream } from "./progress.ts";

export interface OutputOptions {
  /** stdout carries one JSON document and nothing else. */
  readonly json?: boolean;
  /** No progress and no notices. Results and errors stay. */
  readonly quiet?: boolean;
  readonly stdout?: TextStream;
  readonly stderr?: TextStream;
}

/**
 * Where a command's words go: results to stdout, for people or as one JSON document; notices, progress and errors to
 * stderr. A command ends by setting `process.exitCode`: `process.exit` would cut what a pipe has not taken yet.
 */
export class Output {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly #stdout: TextStream;
  readonly #stderr: TextStream;
  #documentWritten = false;
  #bars = 0;

  constructor(options: OutputOptions = {}) {
    this.json = options.json ?? false;
    this.quiet = options.quiet ?? false;
    this.#stdout = options.stdout ?? process.stdout;
    this.#stderr = options.stderr ?? process.stderr;
  }

  /** Columns to write for: those of the terminal, 80 elsewhere. */
  get columns(): number {
    return this.#stdout.columns ?? 80;
  }

  /** A line for people on stdout; nothing with --json. */
  print(text = ""): void {
    if (this.json) return;
    this.#clearBar();
    this.#stdout.write(`${text}\n`);
  }

  /** A line on stderr; nothing with --quiet. */
  notice(text: string): void {
    if (!this.quiet) this.#writeError(text);
  }

  /**
   * The command's result: with --json the one document, else the text for people. Numbers that JSON lacks (NaN and the
   * infinities) become null, typed arrays become arrays. Throws UsageError when there is a document already.
   */
  result(document: object, human: () => string): void {
    if (!this.json) {
      this.print(human());
      return;
    }
    if (this.#documentWritten)
      throw new UsageError({ where: "Output.result", problem: "called twice with --json" });
    const text = JSON.stringify(document, plainJson, 2);
    this.#documentWritten = true;
    this.#stdout.write(`${text}\n`);
  }

  /** An error's message on stderr, and with --json, where no result came before, `{ error }` as the document. */
  fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#writeError(error instanceof WgradError ? message : `wgrad: ${message}`);
    if (!this.json || this.#documentWritten) return;
    const name = error instanceof Error ? error.name : "Error";
    this.result({ error: { name, message } }, () => "");
  }

  /** Progress on stderr; nothing with --quiet. */
  progress(options: Omit<ProgressOptions, "stream" | "quiet">): Progress {
    const progress = startProgress({ ...options, stream: this.#stderr, quiet: this.quiet });
    let running = true;
    this.#bars++;
    return {
      update: (done, status) => progress.update(done, status),
      stop: () => {
        if (running) this.#bars--;
        running = false;
        progress.stop();
      },
    };
  }

  #writeError(text: string): void {
    this.#clearBar();
    this.#stderr.write(`${text}\n`);
  }

  /** Wipes a running bar's line so that text does not begin behind it; the bar draws itself again below. */
  #clearBar(): void {
    if (this.#bars > 0 && this.#stderr.isTTY && !this.quiet) this.#stderr.write("\r\x1b[K");
  }
}

function plainJson(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<unknown>);
  return typeof value === "bigint" ? Number(value) : value;
}
