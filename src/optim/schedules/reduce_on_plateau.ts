import type { MonitorOptions } from "./monitor.ts";
import { Monitor } from "./monitor.ts";
import type { Schedule, ScheduleState } from "./schedule.ts";
import { checkFactor, checkSetting, defineSchedule, foreignState } from "./schedule.ts";

export interface ReduceOnPlateauOptions extends MonitorOptions {
  /** What each reduction multiplies with; 0.1 by default. */
  readonly factor?: number;
  /** Epochs without an improvement after which it reduces; 10 by default. */
  readonly patience?: number;
  /** Epochs after a reduction that do not count; 0 by default. */
  readonly cooldown?: number;
  /** The factor never falls below; 0 by default. */
  readonly minimum?: number;
  /** 1e-4 by default. */
  readonly minimumDelta?: number;
}

/** What it remembers. `best` is 0 while nothing has been `seen`. */
const fields = ["scale", "best", "seen", "waited", "cooling"] as const;

type Memory = Record<(typeof fields)[number], number>;

/**
 * Multiplies the learning rate with `factor` each time that `patience` epochs brought nothing better, as Keras'
 * ReduceLROnPlateau counts them (PyTorch's waits one more). It has to be told of each epoch: `observe(report)`.
 * @throws UsageError where an option is out of range
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): Schedule {
  const { factor = 0.1, patience = 10, cooldown = 0, minimum = 0, minimumDelta = 1e-4 } = options;
  const name = "reduceOnPlateau";
  checkSetting(name, "factor", factor, factor > 0 && factor < 1, "above 0 and below 1");
  for (const [setting, count, least] of [
    ["patience", patience, 1],
    ["cooldown", cooldown, 0],
  ] as const) {
    const valid = Number.isSafeInteger(count) && count >= least;
    checkSetting(name, setting, count, valid, `an integer of at least ${least}`);
  }
  checkFactor(name, "minimum", minimum);
  const monitor = new Monitor(`schedules.${name}`, { ...options, minimumDelta });
  let memory: Memory = { scale: 1, best: 0, seen: 0, waited: 0, cooling: 0 };
  return defineSchedule({
    name: "plateau",
    settings: {
      factor,
      patience,
      cooldown,
      minimum,
      minimumDelta,
      monitor: monitor.name,
      mode: monitor.mode,
    },
    factor: () => memory.scale,
    observe: (report) => {
      const value = monitor.read(report);
      const better = Number.isFinite(value) && monitor.improves(value, memory.seen ? memory.best : undefined);
      const cooling = Math.max(0, memory.cooling - 1);
      if (better) memory = { ...memory, best: value, seen: 1, waited: 0, cooling };
      else if (memory.cooling > 0) memory = { ...memory, waited: 0, cooling };
      else memory = { ...memory, waited: memory.waited + 1 };
      if (memory.waited < patience) return;
      const scale = Math.max(minimum, memory.scale * factor);
      memory = { ...memory, scale, waited: 0, cooling: cooldown };
    },
    state: () => ({ ...memory }),
    restore: (state) => {
      memory = memoryOf(name, state);
    },
  });
}

function memoryOf(name: string, state: ScheduleState): Memory {
  const known: readonly string[] = fields;
  const stranger = Object.keys(state).find((field) => !known.includes(field));
  if (stranger !== undefined) throw foreignState(name, stranger);
  const number = (field: keyof Memory): number => {
    const value = state[field];
    if (value === undefined || !Number.isFinite(value)) throw foreignState(name, field);
    return value;
  };
  return {
    scale: number("scale"),
    best: number("best"),
    seen: number("seen"),
    waited: number("waited"),
    cooling: number("cooling"),
  };
}
