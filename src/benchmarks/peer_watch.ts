import { spread } from "../device/timing.ts";
import type { AskedPeer, Comparison, Peer, PeerResult } from "./peer.ts";
import type { MeasureOptions } from "./stopwatch.ts";
import { measureDefaults } from "./stopwatch.ts";

/** A peer's program, checked and ready to be timed. */
interface Runner {
  /** Calls it, and waits for what comes last. */
  run(count: number): Promise<void>;
  /** Runs in a sample at most. */
  readonly most: number;
  release(): void;
}

/** Calls waiting on a device at once: a driver may keep memory for what is queued. */
const mostCalls = 64;
/** Losses of so many steps must be ours; of as many more as fit into the time. */
const leastLosses = 3;
const mostLosses = 5;
const checkMilliseconds = 10_000;

/** Times one peer at one row's task, a sample at a time. What it fails at, at any time, is its result and no exception. */
export class PeerWatch {
  readonly name: string;
  readonly #version: string | null;
  readonly #options: Required<MeasureOptions>;
  readonly #samples: number[] = [];
  #runner: Runner | undefined;
  #error: string | undefined;
  #runs = 1;
  #spent = 0;

  private constructor(asked: AskedPeer, options: MeasureOptions) {
    this.name = asked.name;
    this.#version = "peer" in asked ? asked.peer.version : null;
    this.#options = { ...measureDefaults, ...options };
  }

  /** Builds the peer's program, checks its result and warms it up. */
  static async prepare(
    asked: AskedPeer,
    comparison: Comparison,
    options: MeasureOptions,
  ): Promise<PeerWatch> {
    const watch = new PeerWatch(asked, options);
    if ("error" in asked) {
      watch.#error = asked.error;
      return watch;
    }
    await watch.#guarded(async () => {
      watch.#runner = await checkedRunner(asked.peer, comparison);
      await watch.#warmUp(watch.#runner);
    });
    return watch;
  }

  /** True also where it failed. */
  get done(): boolean {
    if (this.#error !== undefined) return true;
    const { leastSamples, mostSamples, rowMilliseconds } = this.#options;
    const taken = this.#samples.length;
    return taken >= mostSamples || (taken >= leastSamples && this.#spent >= rowMilliseconds);
  }

  async sample(): Promise<void> {
    await this.#guarded(async () => {
      if (!this.#runner) return;
      const milliseconds = await timed(this.#runner, this.#runs);
      this.#samples.push(milliseconds / this.#runs);
      this.#spent += milliseconds;
    });
  }

  /** @param ownMedian milliseconds of our row, measured the same way */
  result(ownMedian: number): PeerResult {
    const version = this.#version;
    if (this.#error !== undefined) return { milliseconds: null, ratio: null, version, error: this.#error };
    const milliseconds = spread(this.#samples);
    return { milliseconds, ratio: milliseconds.median / ownMedian, version };
  }

  release(): void {
    try {
      this.#runner?.release();
    } catch (error) {
      this.#error ??= messageOf(error);
    }
    this.#runner = undefined;
  }

  /** As for our rows: enough runs for a sample, then until two agree within a tenth or for long enough. */
  async #warmUp(runner: Runner): Promise<void> {
    const { sampleMilliseconds, rowMilliseconds } = this.#options;
    const begun = performance.now();
    let last = await timed(runner, this.#runs);
    while (last < sampleMilliseconds && this.#runs < runner.most) {
      this.#runs = Math.min(runner.most, 2 * this.#runs);
      last = await timed(runner, this.#runs);
    }
    while (performance.now() - begun < rowMilliseconds) {
      const next = await timed(runner, this.#runs);
      if (Math.abs(next - last) <= 0.1 * last) return;
      last = next;
    }
  }

  async #guarded(body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      this.#error ??= messageOf(error);
      this.release();
    }
  }
}

async function timed(runner: Runner, count: number): Promise<number> {
  const begun = performance.now();
  await runner.run(count);
  return performance.now() - begun;
}

/** @throws Error where the peer computes something else, or cannot compute it */
async function checkedRunner(peer: Peer, comparison: Comparison): Promise<Runner> {
  switch (comparison.kind) {
    case "kernel": {
      const kernel = await peer.kernel(comparison.task());
      return checked(kernel, async () => comparison.check(await kernel.result()), {
        most: mostCalls,
        run: (count) => kernel.run(count),
        release: () => kernel.release(),
      });
    }
    case "training": {
      const training = await peer.training(comparison.task());
      return checked(training, async () => comparison.check(await firstLosses(() => training.step())), {
        most: 1,
        run: async (count) => {
          for (let step = 0; step < count; step++) await training.step();
        },
        release: () => training.release(),
      });
    }
    default:
      return comparison satisfies never;
  }
}

async function checked(
  program: { release(): void },
  check: () => Promise<string | null>,
  runner: Runner,
): Promise<Runner> {
  try {
    const wrong = await check();
    if (wrong !== null) throw new Error(wrong);
    return runner;
  } catch (error) {
    program.release();
    throw error;
  }
}

async function firstLosses(step: () => Promise<number>): Promise<number[]> {
  const begun = performance.now();
  const losses: number[] = [];
  while (losses.length < mostLosses) {
    losses.push(await step());
    if (losses.length >= leastLosses && performance.now() - begun > checkMilliseconds) break;
  }
  return losses;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
