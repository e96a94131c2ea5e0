import type { Device } from "../device/device.ts";
import { BufferUsage } from "../device/flags.ts";
import type { Program } from "../plan/program.ts";

/** When a dispatch ran, in milliseconds after the first of its step began. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

/** Timestamps that one query set of WebGPU holds. */
const mostQueries = 4096;

/** Times each dispatch of a step by timestamps at the beginning and the end of a pass of its own, all in one submit. */
export class DispatchClock {
  readonly #device: Device;
  readonly #program: Program;
  readonly #count: number;
  readonly #set: GPUQuerySet;
  readonly #buffer: GPUBuffer;

  constructor(device: Device, program: Program) {
    this.#device = device;
    this.#program = program;
    this.#count = program.dispatchesPerStep;
    const label = "profile";
    this.#set = device.gpu.createQuerySet({ label, type: "timestamp", count: 2 * this.#count });
    const usage = BufferUsage.QUERY_RESOLVE | BufferUsage.COPY_SRC;
    this.#buffer = device.createBuffer(label, 16 * this.#count, usage);
  }

  /** Why a program cannot be timed so on this device, or null. */
  static unavailable(device: Device, { dispatchesPerStep }: Program): string | null {
    if (!device.features.has("timestamp-query")) return "the adapter has no timestamp queries";
    if (2 * dispatchesPerStep <= mostQueries) return null;
    return `${dispatchesPerStep} dispatches are more than a query set holds`;
  }

  /** Runs the step once with the per-step values that the program has; when each dispatch ran. */
  async step(): Promise<Span[]> {
    return this.#run(Array.from({ length: this.#count }, (_, index) => ({ index, runs: 1 })));
  }

  /**
   * Holds timestamps against the wall clock, by runs of one dispatch that last long enough for waiting not to show: as
   * many as drivers of software adapters can bear, which keep memory for every dispatch that is queued.
   * @returns what is wrong with the timestamps, or null
   */
  async trouble(index: number): Promise<string | null> {
    const mostRuns = this.#device.adapter.software ? 256 : 4096;
    let runs = 1;
    for (;;) {
      const start = performance.now();
      const [span] = await this.#run([{ index, runs }]);
      const wall = performance.now() - start;
      if (!span) return "a timestamp went missing";
      if (wall >= longEnough || runs >= mostRuns) return doubt([span], wall, wall >= longEnough);
      runs = Math.min(mostRuns, Math.max(2 * runs, Math.ceil((runs * longEnough) / wall)));
    }
  }

  destroy(): void {
    this.#set.destroy();
    this.#device.destroyBuffer(this.#buffer);
  }

  async #run(passes: readonly { readonly index: number; readonly runs: number }[]): Promise<Span[]> {
    const encoder = this.#device.gpu.createCommandEncoder({ label: "profile" });
    for (const [place, { index, runs }] of passes.entries()) {
      const writes = { beginningOfPassWriteIndex: 2 * place, endOfPassWriteIndex: 2 * place + 1 };
      const timestampWrites = { querySet: this.#set, ...writes };
      const pass = encoder.beginComputePass({ label: `profile ${index}`, timestampWrites });
      for (let run = 0; run < runs; run++) this.#program.encodeDispatch(pass, index, 0);
      pass.end();
    }
    encoder.resolveQuerySet(this.#set, 0, 2 * passes.length, this.#buffer, 0);
    this.#device.submit([encoder.finish()]);
    return spansOf(new BigUint64Array(await this.#device.read(this.#buffer, 0, 16 * passes.length)));
  }
}

/** Milliseconds of a run that shows what timestamps are worth. */
const longEnough = 30;

/** How much of a step may lie in two dispatches at once. */
const mostOverlap = 0.05;

/** Pairs of nanoseconds as spans, counted from the first. Signed, so that an end before its beginning shows. */
export function spansOf(timestamps: BigUint64Array): Span[] {
  const first = timestamps[0] ?? 0n;
  const at = (index: number) => Number((timestamps[index] ?? 0n) - first) / 1e6;
  return Array.from({ length: timestamps.length >> 1 }, (_, index) => ({
    begin: at(2 * index),
    end: at(2 * index + 1),
  }));
}

/**
 * What is wrong with the spans of one submit, or null: each must end after it began, hardly any of it may lie in the one
 * before, and together they cannot last longer than the submit.
 * @param wall milliseconds of the submit and its readback
 * @param whole the submit is so long that the spans must fill most of it
 */
export function doubt(spans: readonly Span[], wall: number, whole = false): string | null {
  const begin = spans[0]?.begin ?? 0;
  let [last, overlap] = [begin, 0];
  for (const span of spans) {
    if (!(span.end >= span.begin)) return "a timestamp of an end lies before its beginning";
    overlap += Math.max(0, last - span.begin);
    last = Math.max(last, span.end);
  }
  const length = last - begin;
  if (length === 0) return "all timestamps are the same";
  if (overlap > mostOverlap * length)
    return "dispatches overlap by their timestamps, so that one's time has another's in it";
  if (length > 1.02 * wall + 0.1)
    return `timestamps span ${length.toFixed(2)} ms and the clock ${wall.toFixed(2)} ms`;
  if (whole && length < 0.5 * wall)
    return `timestamps span ${length.toFixed(2)} ms of ${wall.toFixed(2)} ms by the clock`;
  return null;
}
