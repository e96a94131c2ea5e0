import type { Device } from "./device.ts";
import { BufferUsage } from "./flags.ts";

/** Milliseconds of one run, over several samples. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** A measurement: wall clock, and the GPU's own clock beside it where there is one. */
export interface Timing extends Spread {
  readonly samples: readonly number[];
  /** Runs in a sample, back to back before one wait; `samples` are already divided by it. */
  readonly runsPerSample: number;
  /** By timestamp queries around a sample's commands, or undefined where the device has none. */
  readonly gpu: Spread | undefined;
}

export interface TimingOptions {
  readonly samples?: number;
  /** Runs are repeated until a sample takes about this long, so that waiting does not show. */
  readonly sampleMilliseconds?: number;
  readonly maxRunsPerSample?: number;
}

const now = (): number => performance.now();

/**
 * Times commands: `encode` puts one run into the encoder. A sample is one submission of many runs.
 * The first, unmeasured run is inside error scopes: what the device drops would otherwise be timed as nothing.
 */
export async function timeCommands(
  device: Device,
  encode: (encoder: GPUCommandEncoder) => void,
  options: TimingOptions = {},
): Promise<Timing> {
  const clock = device.features.has("timestamp-query") ? new GpuClock(device) : undefined;
  const gpuSamples: number[] = [];
  const submit = (runs: number): void => {
    const encoder = device.gpu.createCommandEncoder({ label: `timing[${runs}]` });
    clock?.begin(encoder);
    for (let run = 0; run < runs; run++) encode(encoder);
    clock?.end(encoder);
    device.submit([encoder.finish()]);
  };
  try {
    const wall = await sample(device, submit, options, async (runs) => {
      const elapsed = await clock?.read();
      if (elapsed !== undefined) gpuSamples.push(elapsed / runs);
    });
    return { ...wall, gpu: gpuSamples.length === wall.samples.length ? spread(gpuSamples) : undefined };
  } finally {
    clock?.destroy();
  }
}

/** Times a function that submits one run by itself; a sample is many calls of it and one wait. */
export async function timeSubmissions(
  device: Device,
  submit: () => void,
  options: TimingOptions = {},
): Promise<Timing> {
  const repeat = (runs: number): void => {
    for (let run = 0; run < runs; run++) submit();
  };
  return { ...(await sample(device, repeat, options)), gpu: undefined };
}

/** Median, least and greatest of some samples. */
export function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return { median: (lower + upper) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

async function sample(
  device: Device,
  submit: (runs: number) => void,
  options: TimingOptions,
  afterSample?: (runs: number) => Promise<void>,
): Promise<Omit<Timing, "gpu">> {
  const { samples: count = 7, sampleMilliseconds = 20, maxRunsPerSample = 256 } = options;
  await device.scoped("timing", () => submit(1)); // checks, and warms up
  await device.idle();
  const runs = await runsFor(device, submit, sampleMilliseconds, maxRunsPerSample);
  const samples: number[] = [];
  for (let index = 0; index < count; index++) {
    samples.push((await timeOnce(device, submit, runs)) / runs);
    await afterSample?.(runs);
  }
  return { ...spread(samples), samples, runsPerSample: runs };
}

/** Doubles the runs until they take long enough; a single cold run would mislead. */
async function runsFor(
  device: Device,
  submit: (runs: number) => void,
  milliseconds: number,
  most: number,
): Promise<number> {
  let runs = 1;
  for (;;) {
    const elapsed = await timeOnce(device, submit, runs);
    if (elapsed >= milliseconds || runs >= most) return runs;
    const needed = Math.ceil((runs * milliseconds) / Math.max(elapsed, 0.001));
    runs = Math.min(most, Math.max(2 * runs, Math.min(needed, 8 * runs)));
  }
}

async function timeOnce(device: Device, submit: (runs: number) => void, runs: number): Promise<number> {
  const start = now();
  submit(runs);
  await device.idle();
  return now() - start;
}

/** Two timestamps, written by empty passes before and after the commands; needs the feature `timestamp-query`. */
export class GpuClock {
  readonly #device: Device;
  readonly #set: GPUQuerySet;
  readonly #buffer: GPUBuffer;

  constructor(device: Device) {
    this.#device = device;
    this.#set = device.gpu.createQuerySet({ label: "timing", type: "timestamp", count: 2 });
    this.#buffer = device.createBuffer("timing", 16, BufferUsage.QUERY_RESOLVE | BufferUsage.COPY_SRC);
  }

  begin(encoder: GPUCommandEncoder): void {
    const timestampWrites = { querySet: this.#set, endOfPassWriteIndex: 0 };
    encoder.beginComputePass({ label: "timing begins", timestampWrites }).end();
  }

  end(encoder: GPUCommandEncoder): void {
    const timestampWrites = { querySet: this.#set, beginningOfPassWriteIndex: 1 };
    encoder.beginComputePass({ label: "timing ends", timestampWrites }).end();
    encoder.resolveQuerySet(this.#set, 0, 2, this.#buffer, 0);
  }

  /** Milliseconds between the two, or undefined where the driver gave nonsense. */
  async read(): Promise<number | undefined> {
    const [begin = 0n, end = 0n] = new BigUint64Array(await this.#device.read(this.#buffer, 0, 16));
    return end > begin ? Number(end - begin) / 1e6 : undefined;
  }

  destroy(): void {
    this.#set.destroy();
    this.#device.destroyBuffer(this.#buffer);
  }
}
