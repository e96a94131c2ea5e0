import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/device/errors.ts";
import type { Schedule } from "../../src/optim/schedules/index.ts";
import {
  constant,
  cosine,
  cosineRestarts,
  defineSchedule,
  exponential,
  increaseBatchSize,
  inverseTime,
  linear,
  multiStep,
  oneCycle,
  polynomial,
  reduceOnPlateau,
  scheduleNamed,
  scheduleNames,
  step,
  warmUp,
} from "../../src/optim/schedules/index.ts";

/** The factor at a step of a run of `totalSteps`, ten steps an epoch. */
const factorAt = (schedule: Schedule, done: number, totalSteps = 100): number =>
  schedule.factor({ step: done, totalSteps, epoch: Math.floor(done / 10), stepsPerEpoch: 10 });

function expectFactors(schedule: Schedule, expected: Readonly<Record<number, number>>, total = 100): void {
  for (const [done, factor] of Object.entries(expected)) {
    expect(factorAt(schedule, Number(done), total), `step ${done}`).toBeCloseTo(factor, 12);
  }
}

const run = { totalSteps: 100, stepsPerEpoch: 10 };

describe("schedules by step", () => {
  test("constant, linear and cosine", () => {
    expectFactors(constant(), { 17: 1 });
    expectFactors(linear(), { 0: 1, 50: 0.5, 100: 0, 200: 0 });
    expectFactors(linear({ end: 0.2 }), { 100: 0.2 });
    expectFactors(cosine(), { 0: 1, 50: 0.5, 25: (1 + Math.SQRT1_2) / 2, 200: 0 });
  });

  test("polynomial is linear at power 1", () => {
    expectFactors(polynomial({ power: 1, end: 0.1 }), { 0: 1, 30: 0.73, 100: 0.1 });
    expectFactors(polynomial({ power: 2 }), { 50: 0.25, 90: 0.01 });
    expectFactors(polynomial(), { 50: 0.5 ** 0.9 });
  });

  test("step and multi-step, in steps and in shares", () => {
    expectFactors(step({ length: 30, factor: 0.5 }), { 0: 1, 29: 1, 30: 0.5, 59: 0.5, 60: 0.25, 99: 0.125 });
    expectFactors(step(), { 33: 1, 34: 0.1, 66: 0.1, 67: 0.01 });
    expectFactors(multiStep(), { 49: 1, 50: 0.1, 74: 0.1, 75: 0.01 });
    expectFactors(multiStep({ milestones: [3, 7], factor: 0.2 }), { 2: 1, 3: 0.2, 6: 0.2, 7: 0.04 });
  });

  test("exponential by its rate or by its end", () => {
    expectFactors(exponential({ rate: 0.9 }), { 0: 1, 1: 0.9, 20: 0.9 ** 20 });
    expectFactors(exponential(), { 0: 1, 50: 0.1, 100: 0.01, 150: 0.01 });
  });

  test("inverse time is Keras' decay", () => {
    expectFactors(inverseTime(), { 0: 1, 1: 1 / 1.001, 1000: 0.5 }, 2000);
    expectFactors(inverseTime({ decay: 1 }), { 3: 0.25 });
  });

  test("cosine restarts at T_0 · (1 + T_mult + …)", () => {
    const schedule = cosineRestarts({ length: 10, multiplier: 2, end: 0.1 });
    expectFactors(schedule, { 0: 1, 5: 0.55, 10: 1, 20: 0.55, 30: 1, 50: 0.55, 70: 1 });
    const even = cosineRestarts({ length: 0.25, multiplier: 1 });
    expectFactors(even, { 0: 1, 25: 1, 50: 1, 75: 1, 80: (1 + Math.cos(0.2 * Math.PI)) / 2 });
  });

  test("cosine restarts: three cycles by default, and no restart at the run's end", () => {
    for (const total of [35, 50, 99, 100, 1234]) {
      const factors = Array.from({ length: total }, (_, done) => factorAt(cosineRestarts(), done, total));
      const rises = factors.filter((factor, done) => factor > (factors[done - 1] ?? 1)).length;
      expect(rises).toBe(2);
      expect(factors.at(-1)).toBeLessThan(0.02);
    }
  });

  test("one cycle rises to 1 and ends near 0", () => {
    expectFactors(oneCycle(), { 0: 0.04, 15: 0.52, 30: 1, 65: (1 + 4e-6) / 2, 100: 4e-6 });
    const smith = oneCycle({ start: 0.1, end: 0, rise: 0.5, shape: "linear" });
    expectFactors(smith, { 0: 0.1, 25: 0.55, 50: 1, 75: 0.5, 100: 0 });
  });

  test("warm-up rises to 1, never from 0, and the decay follows it", () => {
    const schedule = cosine({ warmUp: 4, end: 0.1 });
    expectFactors(schedule, { 0: 0.2, 1: 0.4, 2: 0.6, 3: 0.8, 4: 1, 9: 0.55, 14: 0.1 }, 14);
    expectFactors(warmUp(linear(), { length: 0.2, start: 0.5 }), { 0: 0.5 + 0.5 / 21, 20: 1, 60: 0.5 });
    expectFactors(warmUp(oneCycle(), { length: 10 }), { 0: 0.04 / 11, 10: 0.04 });
  });
});

describe("schedules by epoch", () => {
  test("linear is the interpolation of the sgd paper", () => {
    const schedule = linear({ every: "epoch", end: 1e-3 });
    for (let epoch = 0; epoch < 10; epoch++) {
      const alpha = epoch / 10;
      const rate = 0.1 * (1 - alpha) + alpha * 1e-4;
      for (const within of [0, 9]) {
        expect(0.1 * factorAt(schedule, 10 * epoch + within)).toBeCloseTo(rate, 14);
      }
    }
  });

  test("an epoch begun counts as one", () => {
    expectFactors(linear({ every: "epoch" }), { 0: 1, 10: 2 / 3, 24: 1 / 3 }, 25);
    expectFactors(step({ every: "epoch", length: 2 }), { 19: 1, 20: 0.1 });
    expectFactors(exponential({ every: "epoch", rate: 0.5 }), { 9: 1, 10: 0.5, 99: 0.5 ** 9 });
    expectFactors(inverseTime({ every: "epoch", decay: 1 }), { 9: 1, 10: 0.5 });
  });

  test("warm-up by epochs leaves the others to what follows", () => {
    const schedule = warmUp(linear({ every: "epoch" }), { length: 2, every: "epoch" });
    expectFactors(schedule, { 0: 1 / 3, 9: 1 / 3, 10: 2 / 3, 20: 1, 30: 7 / 8, 99: 1 / 8 });
  });
});

describe("reduce on plateau", () => {
  const told = (schedule: Schedule, losses: readonly number[]): number[] =>
    losses.map((loss) => {
      schedule.observe({ loss: 5, validation: { loss } });
      return factorAt(schedule, 0);
    });

  test("reduces after `patience` epochs without an improvement, as Keras does", () => {
    const schedule = reduceOnPlateau({ patience: 2, factor: 0.5, minimum: 0.2 });
    expect(told(schedule, [3, 2, 2, 2, 1, 1, 1, 1, 1])).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2]);
  });

  test("a change within minimumDelta is none, nor is NaN", () => {
    const schedule = reduceOnPlateau({ patience: 1, minimumDelta: 0.1 });
    expect(told(schedule, [1, 0.95])).toEqual([1, 0.1]);
    expect(told(reduceOnPlateau({ patience: 1 }), [Number.NaN, 1, Number.NaN])).toEqual([
      0.1,
      0.1,
      0.1 * 0.1,
    ]);
  });

  test("epochs after a reduction do not count while it cools down", () => {
    const schedule = reduceOnPlateau({ patience: 1, factor: 0.5, cooldown: 2 });
    expect(told(schedule, [1, 1, 1, 1, 1])).toEqual([1, 0.5, 0.5, 0.5, 0.25]);
  });

  test("watches what it is told to", () => {
    const schedule = reduceOnPlateau({ patience: 1, monitor: "accuracy" });
    expect(schedule.settings).toMatchObject({ monitor: "accuracy", mode: "max" });
    schedule.observe({ accuracy: 0.5 });
    schedule.observe({ accuracy: 0.6 });
    expect(factorAt(schedule, 0)).toBe(1);
    schedule.observe({ accuracy: 0.6 });
    expect(factorAt(schedule, 0)).toBe(0.1);
    expect(() => schedule.observe({ loss: 1 })).toThrow(/monitor.*accuracy[\s\S]*loss/);
    const training = reduceOnPlateau({ patience: 1, monitor: "training.loss" });
    expect(told(training, [3, 2, 1])).toEqual([1, 0.1, 0.1 * 0.1]);
  });

  test("goes on from its state as if it had not stopped", () => {
    const losses = [3, 2, 2, 2.5, 1, 1, 1, 0.5, 0.6, 0.7, 0.8];
    const options = { patience: 2, cooldown: 1 };
    const whole = told(reduceOnPlateau(options), losses);
    for (let cut = 0; cut < losses.length; cut++) {
      const first = reduceOnPlateau(options);
      const before = told(first, losses.slice(0, cut));
      const second = reduceOnPlateau(options);
      second.restore(JSON.parse(JSON.stringify(first.state())));
      expect([...before, ...told(second, losses.slice(cut))]).toEqual(whole);
    }
    expect(() => reduceOnPlateau().restore({ other: 1 })).toThrow(/other/);
    expect(() => reduceOnPlateau().restore({ scale: 1 })).toThrow(/best/);
    expect(() => linear().restore({ scale: 1 })).toThrow(UsageError);
  });

  test("keeps its state behind a warm-up", () => {
    const schedule = warmUp(reduceOnPlateau({ patience: 1, factor: 0.5 }), { length: 10 });
    expect(told(schedule, [1, 1])).toEqual([1 / 11, 0.5 / 11]);
    expect(schedule.state()).toMatchObject({ scale: 0.5 });
    expectFactors(schedule, { 10: 0.5 });
  });
});

describe("a larger batch in place of a smaller rate", () => {
  test("grows at its milestones, up to a bound", () => {
    const sizes = (schedule = increaseBatchSize()) =>
      [0, 59, 60, 119, 120, 159, 160, 199].map((epoch) =>
        schedule.batchSize(128, { epoch, totalEpochs: 200 }),
      );
    expect(sizes()).toEqual([128, 128, 640, 640, 3200, 3200, 16000, 16000]);
    expect(sizes(increaseBatchSize({ milestones: [60], multiplier: 2 }))).toEqual([
      128, 128, 256, 256, 256, 256, 256, 256,
    ]);
    expect(sizes(increaseBatchSize({ most: 1000 })).at(-1)).toBe(1000);
    expect(increaseBatchSize({ most: 8 }).batchSize(32, { epoch: 199, totalEpochs: 200 })).toBe(32);
    expect(() => increaseBatchSize({ multiplier: 0 })).toThrow(/increaseBatchSize\(multiplier\)/);
  });
});

describe("what is refused", () => {
  test.each([
    ["linear(length)", () => linear({ length: 99 })],
    ["cosine(length)", () => cosine({ length: 9, every: "epoch" })],
    ["oneCycle(length)", () => oneCycle({ length: 50 })],
    ["linear(length)", () => warmUp(linear({ length: 89 }), { length: 10 })],
  ])("%s: shorter than the run", (where, make) => {
    expect(() => make().check(run)).toThrow(`schedules.${where}`);
    expect(() => make().check(run)).toThrow(/shorter than the run/);
  });

  test("lengths that reach the run's end are not", () => {
    for (const schedule of [
      linear({ length: 100 }),
      linear({ length: 10, every: "epoch" }),
      warmUp(linear({ length: 90 }), { length: 10 }),
      ...scheduleNames.map((name) => scheduleNamed(name)),
    ]) {
      expect(() => schedule.check(run)).not.toThrow();
    }
    expect(() => warmUp(linear(), { length: 100 }).check(run)).toThrow(/as long as the run/);
    expect(() => warmUp(linear(), { length: 10, every: "epoch" }).check(run)).toThrow(/10 epochs/);
  });

  test.each([
    ["linear(end)", () => linear({ end: -1 })],
    ["linear(length)", () => linear({ length: 1.5 })],
    ["warmUp(length)", () => linear({ warmUp: -1 })],
    ["warmUp(start)", () => warmUp(linear(), { length: 1, start: 1 })],
    ["polynomial(power)", () => polynomial({ power: 0 })],
    ["step(factor)", () => step({ factor: Number.NaN })],
    ["step(length)", () => step({ length: 0 })],
    ["multiStep(milestones)", () => multiStep({ milestones: [5, 5] })],
    ["multiStep(milestones)", () => multiStep({ milestones: [0.5, 2] })],
    ["multiStep(milestones)", () => multiStep({ milestones: [] })],
    ["exponential(rate)", () => exponential({ rate: 0 })],
    ["exponential(end)", () => exponential({ rate: 0.5, end: 0.1 })],
    ["inverseTime(decay)", () => inverseTime({ decay: -1e-3 })],
    ["cosineRestarts(multiplier)", () => cosineRestarts({ multiplier: 0.5 })],
    ["oneCycle(rise)", () => oneCycle({ rise: 1 })],
    ["reduceOnPlateau(factor)", () => reduceOnPlateau({ factor: 1 })],
    ["reduceOnPlateau(patience)", () => reduceOnPlateau({ patience: 0 })],
    ["reduceOnPlateau(minimumDelta)", () => reduceOnPlateau({ minimumDelta: -1 })],
  ])("%s: wrong values, by their names", (where, make) => {
    expect(make).toThrow(UsageError);
    expect(make).toThrow(`schedules.${where}`);
  });
});

describe("by name", () => {
  test("every schedule has finite factors of at least 0, 1 at most", () => {
    for (const name of scheduleNames) {
      const schedule = scheduleNamed(name);
      expect(schedule.name).toBe(name);
      for (const total of [1, 2, 50, 1875]) {
        for (let done = 0; done < total; done++) {
          const factor = factorAt(schedule, done, total);
          expect(factor >= 0 && factor <= 1, `${name}: ${factor} at ${done} of ${total}`).toBe(true);
        }
      }
    }
  });

  test("options reach their schedule, a warm-up any", () => {
    const schedule = scheduleNamed("polynomial", { power: 1, end: 0.5, warmUp: 0.1 });
    expect(schedule.settings).toEqual({
      end: 0.5,
      every: "step",
      power: 1,
      warmUp: 0.1,
      warmUpEvery: "step",
      warmUpStart: 0,
    });
    expectFactors(schedule, { 0: 1 / 11, 10: 1, 55: 0.75 });
    expect(scheduleNamed("plateau", { warmUp: 5, patience: 3 }).settings).toMatchObject({ patience: 3 });
  });

  test("what is not known is refused, with the nearest", () => {
    expect(() => scheduleNamed("cosin")).toThrow(/did you mean cosine/);
    expect(() => scheduleNamed("cosin")).toThrow(/inverse-time/);
    expect(() => scheduleNamed("constant", { end: 0 })).toThrow(/schedules\.constant\(end\)/);
    expect(() => scheduleNamed("cosine", { power: 1 })).toThrow(/takes no such option/);
  });

  test("one of one's own", () => {
    const own = defineSchedule({ name: "mine", settings: {}, factor: ({ epoch }) => 1 / (1 + epoch) });
    expectFactors(own, { 9: 1, 10: 0.5 });
    expect(own.state()).toEqual({});
  });
});
