import type { Profile } from "./profile.ts";

/** An event of Chrome's trace format, times in microseconds: https://ui.perfetto.dev opens it. */
export interface TraceEvent {
  readonly name: string;
  /** `X`: complete, with a duration; `M`: names a process or a thread. */
  readonly ph: "X" | "M";
  readonly cat?: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface Trace {
  readonly displayTimeUnit: "ms";
  readonly traceEvents: readonly TraceEvent[];
  readonly otherData: Readonly<Record<string, unknown>>;
}

const [pid, stepThread, dispatchThread] = [1, 1, 2];

/** One step of a profile as a trace: the step on one track, its dispatches on another. */
export function traceOf(profile: Profile, otherData: Readonly<Record<string, unknown>> = {}): Trace {
  const { name, case: sizes, variant, clock, sumMilliseconds, stepMilliseconds, timeline } = profile;
  const named = (what: string, tid: number, value: string): TraceEvent => ({
    name: what,
    ph: "M",
    ts: 0,
    pid,
    tid,
    args: { name: value },
  });
  const events = profile.dispatches.map((dispatch): TraceEvent => {
    const { begin, end } = timeline[dispatch.index] ?? { begin: 0, end: 0 };
    const { label, milliseconds, ...own } = dispatch;
    const args = { ...own, medianMicroseconds: 1000 * milliseconds.median };
    return complete(label, dispatchThread, begin, end, args);
  });
  const length = timeline.at(-1)?.end ?? 0;
  const whole = { case: sizes, variant, clock, sumMilliseconds, stepMilliseconds: stepMilliseconds.median };
  return {
    displayTimeUnit: "ms",
    traceEvents: [
      named("process_name", stepThread, "wgrad"),
      named("thread_name", stepThread, "step"),
      named("thread_name", dispatchThread, `dispatches (${clock})`),
      complete(name, stepThread, 0, length, whole),
      ...events,
    ],
    otherData,
  };
}

const complete = (
  name: string,
  tid: number,
  begin: number,
  end: number,
  args: TraceEvent["args"],
): TraceEvent => ({
  name,
  cat: "gpu",
  ph: "X",
  ts: 1000 * begin,
  dur: 1000 * (end - begin),
  pid,
  tid,
  args,
});
