import type { Device } from "../device/device.ts";
import type { Spread } from "../device/timing.ts";
import { GpuClock, spread } from "../device/timing.ts";
import type { Subject } from "./candidate.ts";
import { noiseOf } from "./result.ts";

/** How long to measure; the defaults keep a whole run of benchmarks near a minute. */
export interface MeasureOptions {
  /** A sample is one submit of as many runs as take about this long, so that waiting does not show. */
  readonly sampleMilliseconds?: number;
  /** No more samples once a row has taken this long and has the least number of samples. */
  readonly rowMilliseconds?: number;
  readonly leastSamples?: number;
  readonly mostSamples?: number;
}

export const measureDefaults: Required<MeasureOptions> = {
  sampleMilliseconds: 25,
  rowMilliseconds: 600,
  leastSamples: 3,
  mostSamples: 9,
};

/** Takes samples of one subject, a sample at a time, so that those of many can take turns. */
export class Stopwatch {
  readonly #device: Device;
  readonly #subject: Subject;
  readonly #options: Required<MeasureOptions>;
  readonly #clock: GpuClock | undefined;
  readonly #wall: number[] = [];
  readonly #gpu: number[] = [];
  readonly #read: number[] = [];
  #runs = 1;
  #spent = 0;

  constructor(device: Device, subject: Subject, options: MeasureOptions = {}) {
    this.#device = device;
    this.#subject = subject;
    this.#options = { ...measureDefaults, ...options };
    this.#clock = device.features.has("timestamp-query") ? new GpuClock(device) : undefined;
  }

  /** Runs in a sample, all in one submit. */
  get runs(): number {
    return this.#runs;
  }

  /** Samples taken, a submit each. */
  get samples(): number {
    return this.#wall.length;
  }

  get done(): boolean {
    const { leastSamples, mostSamples, rowMilliseconds } = this.#options;
    if (this.samples >= mostSamples) return true;
    return this.samples >= leastSamples && this.#spent >= rowMilliseconds;
  }

  /** Finds how many runs make a sample, then runs until two samples agree within a tenth, or for long enough. */
  async warmUp(): Promise<void> {
    const { sampleMilliseconds, rowMilliseconds } = this.#options;
    const most = this.#subject.step.maxRows;
    const begun = performance.now();
    let last = await this.#timeOnce();
    while (last < sampleMilliseconds && this.#runs < most) {
      const needed = Math.ceil((this.#runs * sampleMilliseconds) / Math.max(last, 0.001));
      this.#runs = Math.min(most, Math.max(2 * this.#runs, Math.min(needed, 8 * this.#runs)));
      last = await this.#timeOnce();
    }
    while (performance.now() - begun < rowMilliseconds) {
      const next = await this.#timeOnce();
      if (Math.abs(next - last) <= 0.1 * last) return;
      last = next;
    }
  }

  /** One sample. Of a training step, also one step with its loss read: how a loop that looks at each step fares. */
  async sample(): Promise<void> {
    const begun = performance.now();
    this.#wall.push((await this.#timeOnce()) / this.#runs);
    const gpu = await this.#clock?.read();
    if (gpu !== undefined) this.#gpu.push(gpu / this.#runs);
    const { readout, step, rows } = this.#subject;
    if (readout !== undefined) {
      const start = performance.now();
      step.replay(rows(1));
      await step.read(readout);
      this.#read.push(performance.now() - start);
    }
    this.#spent += performance.now() - begun;
  }

  /** Milliseconds of one run: by the wall clock, by the GPU's own where each sample has it, and with a readback. */
  result(): { wall: Spread; noise: number; gpu: Spread | null; withReadback: Spread | null } {
    return {
      noise: noiseOf(this.#wall),
      wall: spread(this.#wall),
      gpu: this.#gpu.length > 0 && this.#gpu.length === this.#wall.length ? spread(this.#gpu) : null,
      withReadback: this.#read.length > 0 ? spread(this.#read) : null,
    };
  }

  release(): void {
    this.#clock?.destroy();
  }

  async #timeOnce(): Promise<number> {
    const rows = this.#subject.rows(this.#runs);
    const start = performance.now();
    this.#subject.step.replay(rows, this.#clock);
    await this.#device.idle();
    return performance.now() - start;
  }
}
