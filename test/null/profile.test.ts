import { describe, expect, it } from "vitest";
import { doubt, spansOf } from "../../src/benchmarks/dispatch_clock.ts";
import type { Profile, ProfiledDispatch } from "../../src/benchmarks/profile.ts";
import { traceOf } from "../../src/benchmarks/trace.ts";
import { profileText } from "../../src/cli/bench_profile.ts";

const dispatch = (index: number, median: number, share: number): ProfiledDispatch => ({
  index,
  label: index === 0 ? "matmul matmul/naive" : "sum(loss) sum/serial",
  kernel: index === 0 ? "matmul/naive" : "sum/serial",
  grid: [7 + index, 1],
  inputs: [
    [4, 8],
    [8, 3],
  ],
  outputs: [[4, 3]],
  flops: 192,
  bytes: 272,
  bound: index === 0 ? "arithmetic" : "traffic",
  gflops: 1.25,
  gigabytesPerSecond: 0.75,
  shareOfRoofline: 0.5,
  milliseconds: { min: median / 2, median, max: 2 * median },
  share,
});

const profile: Profile = {
  name: "step/test",
  case: "4-3",
  variant: "sgd",
  clock: "timestamps",
  clockProblem: null,
  stepMilliseconds: { min: 4, median: 5, max: 6 },
  sumMilliseconds: 4,
  dispatches: [dispatch(0, 1, 0.25), dispatch(1, 3, 0.75)],
  timeline: [
    { begin: 0, end: 1.5 },
    { begin: 1.5, end: 4 },
  ],
};

describe("timestamps", () => {
  it("become milliseconds after the first, also where an end is too early", () => {
    expect(spansOf(BigUint64Array.of(5_000_000n, 6_000_000n, 7_500_000n, 7_000_000n))).toEqual([
      { begin: 0, end: 1 },
      { begin: 2.5, end: 2 },
    ]);
  });

  it("are believed where they fit each other and the clock", () => {
    const spans = profile.timeline;
    expect(doubt(spans, 4.2)).toBeNull();
    expect(doubt(spans, 4.2, true)).toBeNull();
    expect(doubt(spans, 20)).toBeNull();
    expect(doubt(spans, 20, true)).toContain("4.00 ms of 20.00 ms");
    expect(doubt(spans, 3)).toContain("span 4.00 ms and the clock 3.00 ms");
    expect(doubt([{ begin: 0, end: 0 }], 1)).toContain("the same");
    expect(doubt([{ begin: 2, end: 1 }], 9)).toContain("before its beginning");
    expect(
      doubt(
        [
          { begin: 0, end: 2 },
          { begin: 1, end: 3 },
        ],
        9,
      ),
    ).toContain("overlap");
    expect(
      doubt(
        [
          { begin: 0, end: 2 },
          { begin: 1.99, end: 3 },
        ],
        9,
      ),
    ).toBeNull();
  });
});

describe("a profile", () => {
  it("becomes a table, the longest dispatch first, with the sum beside the whole step", () => {
    const text = profileText(profile, { gflops: 30, gigabytesPerSecond: 3 });
    const lines = text.split("\n").filter((line) => line.startsWith("|"));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(
      /1 \| sum\(loss\) sum\/serial +\| 4×8, 8×3 → 4×3 \| +8 \| +3 \| +1\.5–6 \| 75\.0 % \|/,
    );
    expect(lines[1]).toContain("0.75 GB/s");
    expect(lines[2]).toMatch(/0 \| matmul\/naive .* 25\.0 % \| 100\.0 % \| 1\.25 GFLOP\/s \|/);
    expect(text).toContain("2 dispatches, 4 ms together; the whole step in one pass 5 ms (4–6)");
    expect(text).toContain("1 ms more");
    const guessed = { ...profile, clock: "wall" as const, clockProblem: "no timestamps here" };
    expect(profileText(guessed, { gflops: 30, gigabytesPerSecond: 3 })).toContain("(no timestamps here)");
  });

  it("becomes a trace of complete events in microseconds", () => {
    const trace = traceOf(profile, { date: "today" });
    // As a file has it.
    const { traceEvents, otherData } = JSON.parse(JSON.stringify(trace));
    expect(otherData).toEqual({ date: "today" });
    const complete = traceEvents.filter(({ ph }: { ph: string }) => ph === "X");
    expect(complete.map(({ name, ts, dur }: Record<string, unknown>) => [name, ts, dur])).toEqual([
      ["step/test", 0, 4000],
      ["matmul matmul/naive", 0, 1500],
      ["sum(loss) sum/serial", 1500, 2500],
    ]);
    expect(complete[1].args).toMatchObject({ kernel: "matmul/naive", grid: [7, 1], flops: 192, bytes: 272 });
    expect(complete[1].tid).not.toBe(complete[0].tid);
    const names = traceEvents.filter(({ ph }: { ph: string }) => ph === "M");
    expect(names.map(({ args }: { args: { name: string } }) => args.name)).toEqual([
      "wgrad",
      "step",
      "dispatches (timestamps)",
    ]);
  });
});
