import type { Device } from "../device/device.ts";
import type { Spread } from "../device/timing.ts";
import { spread } from "../device/timing.ts";
import type { Cost } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import type { PlannedDispatch } from "../plan/plan.ts";
import type { Program } from "../plan/program.ts";
import type { RowName, Subject } from "./candidate.ts";
import type { Span } from "./dispatch_clock.ts";
import { DispatchClock, doubt } from "./dispatch_clock.ts";
import { Stopwatch } from "./stopwatch.ts";
import type { Peaks, Rates } from "./work.ts";
import { ratesOf } from "./work.ts";

/** One dispatch of a step, timed alone. */
export interface ProfiledDispatch extends Rates, Cost {
  /** Its place in the step. */
  readonly index: number;
  /** `matmul(hidden1) matmul/register[TM=8]`. */
  readonly label: string;
  readonly kernel: string;
  readonly grid: readonly [x: number, y: number];
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly milliseconds: Spread;
  /** Of the sum of all dispatches' medians. */
  readonly share: number;
  /** Which peak bounds it. */
  readonly bound: "arithmetic" | "traffic";
}

/** Where a step's time goes. */
export interface Profile extends RowName {
  /** `timestamps`: the GPU's, around a pass of each dispatch. `wall`: each dispatch repeated back to back. */
  readonly clock: "timestamps" | "wall";
  /** Why not timestamps; null where they are used. */
  readonly clockProblem: string | null;
  /** The whole step by the wall clock, all its dispatches in one pass, as it is trained. */
  readonly stepMilliseconds: Spread;
  /** Medians of all dispatches together: what is missing to the whole step lies between them. */
  readonly sumMilliseconds: number;
  /** In the step's order. */
  readonly dispatches: readonly ProfiledDispatch[];
  /** When each ran in one of the steps, in milliseconds; by the wall clock, one after the other. */
  readonly timeline: readonly Span[];
}

export interface ProfileOptions {
  readonly peaks: Peaks;
  /** About how long to measure, in milliseconds. */
  readonly milliseconds?: number;
  /** Leaves timestamps alone, as where there are none. */
  readonly clock?: "wall";
}

interface Times {
  /** Milliseconds of each dispatch, several times. */
  readonly samples: readonly (readonly number[])[];
  readonly timeline: readonly Span[];
}

/**
 * Times each dispatch of a step whose result was checked, and the whole step between them.
 * @throws DeviceError where the device fails
 */
export async function profileStep(
  device: Device,
  name: RowName,
  subject: Subject,
  { peaks, milliseconds = 4000, clock }: ProfileOptions,
): Promise<Profile> {
  // Without its readout: what a loop that looks at each step pays is no dispatch.
  const { readout: _, ...stepped } = subject;
  const stopwatch = new Stopwatch(device, stepped);
  try {
    await stopwatch.warmUp();
    const byTimestamps =
      clock === "wall" ? "not asked for" : await timestamps(device, subject, stopwatch, milliseconds);
    const problem = typeof byTimestamps === "string" ? byTimestamps : null;
    const times =
      typeof byTimestamps === "string"
        ? await wallTimes(device, subject, stopwatch, milliseconds)
        : byTimestamps;
    return {
      name: name.name,
      case: name.case,
      variant: name.variant,
      clock: problem === null ? "timestamps" : "wall",
      clockProblem: problem,
      stepMilliseconds: stopwatch.result().wall,
      ...summary(subject.step.program, times, peaks),
    };
  } finally {
    stopwatch.release();
  }
}

function summary({ plan }: Program, { samples, timeline }: Times, peaks: Peaks) {
  const spreads = samples.map((own) => spread(own));
  const sumMilliseconds = spreads.reduce((sum, { median }) => sum + median, 0);
  const dispatches = plan.dispatches.map((dispatch, index): ProfiledDispatch => {
    const milliseconds = spreads[index] ?? spread([]);
    const share = milliseconds.median / sumMilliseconds;
    return {
      index,
      ...described(dispatch, peaks),
      milliseconds,
      share,
      ...rates(dispatch, milliseconds, peaks),
    };
  });
  return { sumMilliseconds, dispatches, timeline };
}

function described({ label, kernel, grid, request, cost: { flops, bytes } }: PlannedDispatch, peaks: Peaks) {
  const bound: ProfiledDispatch["bound"] =
    flops / peaks.gflops > bytes / peaks.gigabytesPerSecond ? "arithmetic" : "traffic";
  const [inputs, outputs] = [request.inputs, request.outputs].map((types) => types.map(({ shape }) => shape));
  return {
    label,
    kernel: kernel.name,
    grid,
    inputs: inputs ?? [],
    outputs: outputs ?? [],
    flops,
    bytes,
    bound,
  };
}

const rates = ({ cost }: PlannedDispatch, { median }: Spread, peaks: Peaks): Rates =>
  ratesOf([cost], median, peaks);

const [fewest, most] = [5, 25];

/** Steps by timestamps and whole steps in turns; in words where the timestamps mean nothing. */
async function timestamps(
  device: Device,
  { step: { program }, rows }: Subject,
  stopwatch: Stopwatch,
  milliseconds: number,
): Promise<Times | string> {
  const unavailable = DispatchClock.unavailable(device, program);
  if (unavailable !== null) return unavailable;
  const clock = new DispatchClock(device, program);
  try {
    const longest = indexOfMost((await clock.step()).map(({ begin, end }) => end - begin));
    const trouble = await clock.trouble(longest);
    if (trouble !== null) return trouble;
    const steps: Span[][] = [];
    const begun = performance.now();
    while (steps.length < fewest || (steps.length < most && performance.now() - begun < milliseconds)) {
      await stopwatch.sample();
      program.writeRows(rows(1));
      const start = performance.now();
      const spans = await clock.step();
      const wrong = doubt(spans, performance.now() - start);
      if (wrong !== null) return wrong;
      steps.push(spans);
    }
    const samples = program.plan.dispatches.map((_, index) => steps.map((spans) => lengthOf(spans[index])));
    return { samples, timeline: typical(steps) };
  } finally {
    clock.destroy();
  }
}

const lengthOf = (span: Span | undefined): number => (span ? span.end - span.begin : Number.NaN);

const indexOfMost = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/** The step whose length is the median one. */
function typical(steps: readonly Span[][]): Span[] {
  const sorted = [...steps].sort((a, b) => (a.at(-1)?.end ?? 0) - (b.at(-1)?.end ?? 0));
  return sorted[sorted.length >> 1] ?? [];
}

/** Runs of one dispatch that follow each other in one submit; software drivers keep memory for each. */
const mostRuns = 64;

/** Each dispatch alone, as many runs in a submit as take a few milliseconds. It changes values, not what is done. */
async function wallTimes(
  device: Device,
  { step: { program }, rows }: Subject,
  stopwatch: Stopwatch,
  milliseconds: number,
): Promise<Times> {
  const count = program.dispatchesPerStep;
  const each = Math.min(10, milliseconds / (4 * count));
  program.writeRows(rows(1));
  const time = async (index: number, runs: number): Promise<number> => {
    const encoder = device.gpu.createCommandEncoder({ label: "profile" });
    const pass = encoder.beginComputePass({ label: `profile ${index}` });
    for (let run = 0; run < runs; run++) program.encodeDispatch(pass, index, 0);
    pass.end();
    const start = performance.now();
    device.submit([encoder.finish()]);
    await device.idle();
    return performance.now() - start;
  };
  const runs: number[] = [];
  for (let index = 0; index < count; index++) {
    const once = await time(index, 1);
    runs.push(Math.max(1, Math.min(mostRuns, Math.ceil(each / once))));
  }
  const samples = runs.map((): number[] => []);
  for (let sample = 0; sample < 3; sample++) {
    await stopwatch.sample();
    for (const [index, own] of samples.entries()) {
      const together = runs[index] ?? 1;
      own.push((await time(index, together)) / together);
    }
  }
  return { samples, timeline: endToEnd(samples.map((own) => spread(own).median)) };
}

function endToEnd(lengths: readonly number[]): Span[] {
  let end = 0;
  return lengths.map((length) => {
    const begin = end;
    end += length;
    return { begin, end };
  });
}
