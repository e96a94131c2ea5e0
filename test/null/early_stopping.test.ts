import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/device/errors.ts";
import { EarlyStopping } from "../../src/training/early_stopping.ts";

/** The verdicts on epochs with these validation losses, up to the one that stops. */
function run(stopping: EarlyStopping, losses: readonly number[]): string {
  let told = "";
  for (const loss of losses) {
    const { best, stop } = stopping.observe({ loss: 9, validation: { loss, accuracy: -loss } });
    told += best ? "b" : ".";
    if (stop) return `${told}|`;
  }
  return told;
}

describe("early stopping", () => {
  test("stops after `patience` epochs that brought nothing better", () => {
    const stopping = new EarlyStopping({ patience: 2 });
    expect(run(stopping, [3, 2, 2.5, 1, 1, 1, 0])).toBe("bb.b..|");
    expect(stopping.best).toBe(1);
    expect(stopping.bestEpoch).toBe(4);
    expect(run(new EarlyStopping({ patience: 1 }), [1, 2])).toBe("b.|");
    expect(run(new EarlyStopping({ patience: 0 }), [1, 2])).toBe("b.|");
    expect(run(new EarlyStopping(), [1, 1, 1, 1, 1, 1, 1])).toBe("b.....|");
  });

  test("a change within minimumDelta is none", () => {
    expect(run(new EarlyStopping({ patience: 3, minimumDelta: 0.5 }), [3, 2.6, 2.4, 2, 1.95])).toBe("b.b..");
  });

  test("values that are not finite are never the best", () => {
    const stopping = new EarlyStopping({ patience: 3 });
    expect(run(stopping, [Number.NaN, Number.POSITIVE_INFINITY])).toBe("..");
    expect(stopping.best).toBeUndefined();
    expect(run(stopping, [4, Number.NEGATIVE_INFINITY, 5, 3])).toBe("b..b");
  });

  test("watches what it is told to, each its own way", () => {
    const accuracy = new EarlyStopping({ monitor: "validation.accuracy", patience: 1 });
    expect(accuracy.settings).toEqual({
      patience: 1,
      minimumDelta: 0,
      monitor: "validation.accuracy",
      mode: "max",
      restoreBest: true,
    });
    expect(run(accuracy, [3, 2, 4])).toBe("bb.|");
    expect(run(new EarlyStopping({ monitor: "training.loss", patience: 1 }), [3, 2])).toBe("b.|");
    expect(run(new EarlyStopping({ mode: "max", patience: 1 }), [3, 4, 2])).toBe("bb.|");
    expect(() => run(new EarlyStopping({ monitor: "validation.recall" }), [1])).toThrow(
      /earlyStopping\(monitor\).*validation\.recall/,
    );
  });

  test("goes on from its state as if it had not stopped", () => {
    const losses = [3, 2, 2.5, Number.NaN, 1, 1, 1, 0];
    const whole = run(new EarlyStopping({ patience: 3 }), losses);
    for (let cut = 0; cut < whole.length - 1; cut++) {
      const first = new EarlyStopping({ patience: 3 });
      const begin = run(first, losses.slice(0, cut));
      const second = new EarlyStopping({ patience: 3 });
      second.restore(JSON.parse(JSON.stringify(first.state())));
      expect(begin + run(second, losses.slice(cut))).toBe(whole);
    }
    expect(() => new EarlyStopping().restore({ best: 1 })).toThrow(/earlyStopping\(seen\)/);
  });

  test("wrong options are refused by their names", () => {
    expect(() => new EarlyStopping({ patience: -1 })).toThrow(/earlyStopping\(patience\)/);
    expect(() => new EarlyStopping({ patience: 1.5 })).toThrow(UsageError);
    expect(() => new EarlyStopping({ minimumDelta: -1 })).toThrow(/earlyStopping\(minimumDelta\)/);
  });
});
