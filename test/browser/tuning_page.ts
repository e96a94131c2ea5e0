/** The page's side of tuning.test.ts: a step is tuned, and the next engine finds it in IndexedDB. */
import { createEngine, ops, spec } from "../../src/index.browser.ts";

export interface TuningCourse {
  readonly measured: number;
  readonly notices: readonly (string | null)[];
  /** The tables as JSON: of the engine that tuned, and of the next. */
  readonly tables: readonly string[];
}

async function runTuning(): Promise<TuningCourse> {
  const first = await createEngine();
  const step = await first.compile(({ a, b }) => ({ c: ops.matmul(a, b) }), {
    a: spec("f32", [40, 64]),
    b: spec("f32", [64, 36]),
  });
  const { measured } = await first.tune(step);
  const second = await createEngine();
  const engines = [first, second];
  const course = {
    measured: measured.size,
    notices: engines.map(({ tuningNotice }) => tuningNotice),
    tables: engines.map(({ tuning }) => JSON.stringify(tuning)),
  };
  for (const engine of engines) engine.dispose();
  return course;
}

Object.assign(globalThis, { runTuning });
