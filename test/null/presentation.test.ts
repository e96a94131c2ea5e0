import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digitGallery, digitLines } from "../../src/cli/digits.ts";
import { formatDuration, formatShare } from "../../src/cli/format.ts";
import { Output } from "../../src/cli/output.ts";
import { startProgress, type TextStream } from "../../src/cli/progress.ts";
import { formatTable } from "../../src/cli/table.ts";
import { DataError, UsageError } from "../../src/device/errors.ts";

/** A stream that keeps what is written. */
class Recorder implements TextStream {
  text = "";
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  constructor(columns?: number) {
    this.isTTY = columns !== undefined;
    this.columns = columns;
  }
  write(text: string): boolean {
    this.text += text;
    return true;
  }
  get lines(): string[] {
    return this.text.split("\n").slice(0, -1);
  }
}

describe("formats", () => {
  it("shows durations and shares", () => {
    expect([0.4, 59.4, 59.6, 185, 3599.7, 7620].map(formatDuration)).toEqual([
      "0 s",
      "59 s",
      "1 min 00 s",
      "3 min 05 s",
      "1 h 00 min",
      "2 h 07 min",
    ]);
    expect(formatDuration(Number.POSITIVE_INFINITY)).toBe("?");
    expect(formatShare(0.97312)).toBe("97.31 %");
  });
});

describe("progress without a terminal", () => {
  it("writes a line every 10 %, whole", () => {
    const stream = new Recorder();
    let time = 0;
    const progress = startProgress({
      label: "epoch 1/2",
      total: 1000,
      imagesPerStep: 64,
      stream,
      now: () => time,
    });
    for (let step = 1; step <= 1000; step++) {
      time += 2;
      progress.update(step, { loss: 1 / step, accuracy: step / 1000 });
    }
    progress.stop();
    progress.stop();
    expect(stream.lines).toHaveLength(10);
    expect(stream.lines[4]).toBe(
      "epoch 1/2 500/1,000, loss 0.0020, accuracy 50.00 %, 1 s left, 32,000 images/s",
    );
    expect(stream.lines[9]).toBe("epoch 1/2 1,000/1,000, loss 0.0010, accuracy 100.00 %, 32,000 images/s");
    expect(stream.text).not.toContain("\x1b");
  });

  it("writes a line every 5 s when steps are slow, and the last state at the end", () => {
    const stream = new Recorder();
    let time = 0;
    const progress = startProgress({ label: "train", total: 1000, stream, now: () => time });
    for (let step = 1; step <= 17; step++) {
      time += 1_000;
      progress.update(step);
    }
    progress.stop();
    expect(stream.lines.map((line) => line.split(/, | /)[1])).toEqual([
      "5/1,000",
      "10/1,000",
      "15/1,000",
      "17/1,000",
    ]);
    expect(stream.lines[0]).toBe("train 5/1,000, 16 min 35 s left");
  });

  it("follows a change of speed and begins where it was resumed", () => {
    const stream = new Recorder();
    let time = 0;
    const progress = startProgress({
      label: "t",
      total: 200,
      start: 100,
      imagesPerStep: 1,
      stream,
      now: () => time,
    });
    for (let step = 101; step <= 200; step++) {
      time += step <= 110 ? 3_000 : 500;
      progress.update(step);
    }
    progress.stop();
    expect(stream.lines[0]).toContain("t 102/200, 4 min 54 s left, 0.3 images/s");
    expect(stream.lines.at(-1)).toBe("t 200/200, 2.0 images/s");
  });

  it("is silent when quiet", () => {
    const stream = new Recorder();
    const progress = startProgress({ label: "t", total: 1, quiet: true, stream });
    progress.update(1, { loss: 1 });
    progress.stop();
    expect(stream.text).toBe("");
  });
});

describe("progress on a terminal", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("draws a bar that fits the terminal, ends its line, and leaves no timer", () => {
    const stream = new Recorder(60);
    const progress = startProgress({ label: "epoch 1", total: 10, imagesPerStep: 32, stream });
    for (let step = 1; step <= 10; step++) {
      vi.advanceTimersByTime(1_000);
      progress.update(step, { loss: 0.5, accuracy: 0.25 });
    }
    progress.stop();
    progress.stop();
    expect(stream.text).toContain("% loss 0.5000, accuracy 25.00 %, 5 s left\u001b");
    expect(vi.getTimerCount()).toBe(0);
    expect(stream.text).toContain("epoch 1 ██████ 100 % loss 0.5000, accuracy 25.00 %\u001b");
    expect(stream.text).toContain("░");
    expect(stream.text.endsWith("\n")).toBe(true);
    expect(stream.text.split("\n")).toHaveLength(2);
    const control = "\u001b";
    for (const drawn of stream.text.split(`${control}[1G`)) {
      expect(drawn.replaceAll(new RegExp(`${control}\\[\\w+|\\n`, "g"), "").length).toBeLessThanOrEqual(60);
    }
    // No saved cursor, no hidden cursor, no wrapping switched off: nothing to restore after an interrupt.
    expect(stream.text).not.toMatch(new RegExp(`${control}(7|8|\\[\\?)`));
  });
});

describe("digits", () => {
  const seven = new Uint8Array(28 * 28);
  for (let column = 8; column < 20; column++) seven[4 * 28 + column] = 255;
  for (let row = 5; row < 24; row++) seven[row * 28 + 19 - Math.floor((row - 5) / 3)] = 255;

  it("draws 28 columns by 14 rows in both styles", () => {
    for (const style of ["ramp", "blocks"] as const) {
      const lines = digitLines(seven, { style });
      expect(lines).toHaveLength(14);
      for (const line of lines) expect(line).toHaveLength(28);
    }
    expect(digitLines(seven, { style: "blocks" })[2]).toBe("        ▀▀▀▀▀▀▀▀▀▀▀█        ");
    expect(digitLines(seven)[2]).toBe("        ===========@        ");
  });

  it("uses the whole ramp, and background below an odd last row", () => {
    const shape = [1, 10] as const;
    const grey = Uint8Array.from({ length: 20 }, (_, i) => Math.round(((i % 10) * 255) / 9));
    expect(digitLines(grey, { shape: [2, 10] })).toEqual([" .:-=+*#%@"]);
    expect(digitLines(new Uint8Array(10).fill(255), { shape, style: "blocks" })).toEqual(["▀▀▀▀▀▀▀▀▀▀"]);
    expect(() => digitLines(grey)).toThrow(UsageError);
    expect(() => digitLines(new Uint8Array(29), { shape: [1, 29] })).toThrow(UsageError);
  });

  it("puts captions under pictures and wraps at the terminal's width", () => {
    const pictures = ["7", "is 7, said 1", "x".repeat(40)].map((caption) => ({ pixels: seven, caption }));
    const lines = digitGallery(pictures, { columns: 60 }).split("\n");
    expect(lines).toHaveLength(15 + 1 + 15);
    expect(lines[14]).toBe(`${" ".repeat(13)}7${" ".repeat(14 + 2 + 8)}is 7, said 1`);
    expect(lines[30]).toBe(`${"x".repeat(27)}…`);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(58);
    expect(digitGallery([{ pixels: seven }], { columns: 10 }).split("\n")).toHaveLength(14);
    expect(digitGallery([])).toBe("");
  });
});

describe("formatTable", () => {
  it("draws plain borders and puts numbers to the right", () => {
    const text = formatTable(
      ["kernel", "ms"],
      [
        ["matmul", "1.25"],
        ["relu", 10],
      ],
    );
    expect(text.split("\n")).toEqual([
      "+--------+------+",
      "| kernel |   ms |",
      "+--------+------+",
      "| matmul | 1.25 |",
      "| relu   |   10 |",
      "+--------+------+",
    ]);
    expect(() => formatTable(["a", "b"], [["1"]])).toThrow(/wrong row 0; got 1 cells; expected 2/);
  });
});

describe("Output", () => {
  const make = (options: { json?: boolean; quiet?: boolean } = {}, columns?: number) => {
    const stdout = new Recorder();
    const stderr = new Recorder(columns);
    return { stdout, stderr, output: new Output({ ...options, stdout, stderr }) };
  };

  it("gives people results on stdout and notices on stderr", () => {
    const { stdout, stderr, output } = make();
    output.notice("software adapter");
    output.print("hello");
    output.result({ loss: 1 }, () => "loss 1");
    expect(stdout.text).toBe("hello\nloss 1\n");
    expect(stderr.text).toBe("software adapter\n");
  });

  it("writes one JSON document and nothing else on stdout", () => {
    const { stdout, stderr, output } = make({ json: true });
    output.print("hello");
    output.notice("notice");
    const progress = output.progress({ label: "t", total: 1 });
    progress.update(1);
    progress.stop();
    const human = vi.fn(() => "");
    output.result({ loss: Number.NaN, losses: Float32Array.of(1, 2), bytes: 3n }, human);
    expect(JSON.parse(stdout.text)).toEqual({ loss: null, losses: [1, 2], bytes: 3 });
    expect(human).not.toHaveBeenCalled();
    expect(stderr.text).toBe("notice\nt 1/1\n");
    expect(() => output.result({}, human)).toThrow(UsageError);
    output.fail(new Error("late"));
    expect(JSON.parse(stdout.text)).toHaveProperty("losses");
  });

  it("reports a failure on stderr, and as the document with --json", () => {
    const error = new DataError({ where: "mnist", problem: "gone" });
    const human = make();
    human.output.fail(error);
    expect([human.stdout.text, human.stderr.text]).toEqual(["", "mnist: gone\n"]);
    const { stdout, stderr, output } = make({ json: true, quiet: true });
    output.fail(error);
    expect(JSON.parse(stdout.text)).toEqual({ error: { name: "DataError", message: "mnist: gone" } });
    expect(stderr.text).toBe("mnist: gone\n");
  });

  it("keeps results and errors, and nothing else, when quiet", () => {
    const { stdout, stderr, output } = make({ quiet: true });
    output.notice("notice");
    const progress = output.progress({ label: "t", total: 1 });
    progress.update(1);
    progress.stop();
    output.result({}, () => "done");
    expect([stdout.text, stderr.text]).toEqual(["done\n", ""]);
  });

  it("clears a running bar before a notice, and only then", () => {
    const { stderr, output } = make({}, 80);
    output.notice("before");
    expect(stderr.text).toBe("before\n");
    const progress = output.progress({ label: "t", total: 2 });
    output.notice("during");
    expect(stderr.text).toContain("\r\u001b[Kduring\n");
    progress.stop();
    progress.stop();
    const length = stderr.text.length;
    output.notice("after");
    expect(stderr.text.slice(length)).toBe("after\n");
  });
});
